// Which headers of a delivery are handed on: all but those that speak of the connection that it came on.
import type { HeaderPair } from "../protocol/index.js";

/** RFC 9110, 7.6.1, and what the transport sets by itself: Host and the length of the body. */
const ofTheConnection: ReadonlySet<string> = new Set([
  "host",
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "content-length",
  "expect",
]);

/** In their order and case; those that `Connection` names stay behind as well. */
export function forwardedHeaders(headers: readonly HeaderPair[]): HeaderPair[] {
  const named = headers
    .filter(([name]) => name.toLowerCase() === "connection")
    .flatMap(([, value]) => value.split(",").map((option) => option.trim().toLowerCase()));
  const left = new Set([...ofTheConnection, ...named]);
  return headers.filter(([name]) => !left.has(name.toLowerCase()));
}
