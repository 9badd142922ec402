// Which headers of a delivery are handed on: all but those that speak of the connection that it came on, with what the
// handler is to get in their place.
import { findHeaderPrefix, type HeaderPair } from "../protocol/index.js";

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

/** Whether a header is the transport's own, so that nobody else may set it; all but Host. */
export function isOfConnection(name: string): boolean {
  return name.toLowerCase() !== "host" && ofTheConnection.has(name.toLowerCase());
}

/** In their order and case; those that `Connection` names stay behind as well. */
export function forwardedHeaders(headers: readonly HeaderPair[]): HeaderPair[] {
  const named = headers
    .filter(([name]) => name.toLowerCase() === "connection")
    .flatMap(([, value]) => value.split(",").map((option) => option.trim().toLowerCase()));
  const left = new Set([...ofTheConnection, ...named]);
  return headers.filter(([name]) => !left.has(name.toLowerCase()));
}

/** What becomes of the hook's secret: undefined leaves it as it came, a text takes its place, null leaves it out. */
export type SecretForHandler = string | null | undefined;

const hookSecret = /-hook-secret$/i;

/** With another secret, where the old one stood; behind the other headers when there was none. */
export function withSecret(headers: readonly HeaderPair[], secret: SecretForHandler): readonly HeaderPair[] {
  if (secret === undefined) return headers;
  const others = headers.filter(([name]) => !hookSecret.test(name));
  if (secret === null) return others;
  const first = headers.findIndex(([name]) => hookSecret.test(name));
  if (first !== -1) return others.toSpliced(first, 0, [headers[first]?.[0] ?? "", secret]);
  const prefix = findHeaderPrefix(headers.map(([name]) => name)) ?? "X-Misskey-";
  return [...others, [`${prefix}Hook-Secret`, secret]];
}

/** With more headers: each in place of those of its name, or behind the others. */
export function withHeaders(headers: readonly HeaderPair[], more: readonly HeaderPair[]): readonly HeaderPair[] {
  const names = new Set(more.map(([name]) => name.toLowerCase()));
  const placed = new Set<string>();
  const kept = headers.flatMap(([name, value]): HeaderPair[] => {
    const key = name.toLowerCase();
    if (!names.has(key)) return [[name, value]];
    if (placed.has(key)) return [];
    placed.add(key);
    return more.filter(([other]) => other.toLowerCase() === key);
  });
  return [...kept, ...more.filter(([name]) => !placed.has(name.toLowerCase()))];
}
