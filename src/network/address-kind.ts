// What kind of place a URL's host is, as far as its name tells; nothing is looked up.
import ipaddr from "ipaddr.js";

/**
 * - `localhost`: the name, not the address
 * - `loopback`: 127.0.0.0/8, ::1
 * - `private`: an address or a name that only a local network knows
 * - `public`: the rest
 */
export type AddressKind = "localhost" | "loopback" | "private" | "public";

const localNames = /(^[^.]+|\.(local|internal|lan|home\.arpa|test|invalid))$/;

/** The kind of `hostname`, as a `URL` has it: lower-case, IPv6 in brackets, IPv4 in its four numbers. */
export function addressKind(hostname: string): AddressKind {
  const bare = hostname.replace(/^\[|\]$/g, "");
  if (ipaddr.isValid(bare)) {
    const range = ipaddr.process(bare).range();
    return range === "loopback" ? "loopback" : range === "unicast" ? "public" : "private";
  }
  const name = bare.replace(/\.$/, "");
  if (name === "localhost" || name.endsWith(".localhost")) return "localhost";
  return localNames.test(name) ? "private" : "public";
}
