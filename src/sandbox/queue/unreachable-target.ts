// Targets that a server refuses before it opens a connection.
import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import ipaddr from "ipaddr.js";
import type { Failure } from "../../delivery/index.js";

/** Servers deliver to public unicast addresses only; an IPv4 address in IPv6 clothes counts as what it is. */
function isPrivate(address: string): boolean {
  return ipaddr.process(address).range() !== "unicast";
}

async function addressesOf(hostname: string): Promise<string[]> {
  const literal = hostname.replace(/^\[|\]$/g, "");
  if (isIP(literal) !== 0) return [literal];
  const found = await lookup(literal, { all: true }).catch(() => []);
  return found.map(({ address }) => address);
}

/**
 * Why a server wouldn't even try this URL, undefined when it would: no URL at all, the name `localhost` (delivered by
 * none of eleven servers that were tried, Misskey 12.109.2 to 2026.3.2), with `blockPrivate` any private address.
 * All of these count as no response, so they are tried again.
 */
export async function refusalOf(url: string, blockPrivate: boolean): Promise<Failure | undefined> {
  const target = URL.canParse(url) ? new URL(url) : undefined;
  if (target === undefined || !/^https?:$/.test(target.protocol))
    return { code: "unsendable", message: "The hook's URL is no http or https URL." };
  if (target.hostname === "localhost")
    return { code: "unknown-host", message: "Servers don't resolve “localhost”: write 127.0.0.1 instead." };
  if (!blockPrivate) return undefined;
  const blocked = (await addressesOf(target.hostname)).find(isPrivate);
  if (blocked === undefined) return undefined;
  return { code: "unreachable-host", message: `${blocked} is a private address, which servers in production refuse.` };
}
