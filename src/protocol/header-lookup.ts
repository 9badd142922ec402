// Headers by name. Everywhere else they are pairs in the order of the wire; what looks one up does it through here.
import type { HeaderPair } from "./wire-delivery.js";

/** Values by lower-case name. */
export type HeaderLookup = ReadonlyMap<string, string>;

/** Headers by name in any case, as Node's `IncomingMessage.headers` has them. */
export type HeaderMap = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Headers in whichever form a program has them: pairs, a lookup, the web's `Headers`, or an object. */
export type HeaderSource = Iterable<HeaderPair> | HeaderMap;

/** Sent twice, the first counts, as for Node's own server; of all others the values are joined. */
const singular: ReadonlySet<string> = new Set(["content-length", "content-type", "host", "user-agent"]);

function isIterable(source: HeaderSource): source is Iterable<HeaderPair> {
  return Symbol.iterator in source;
}

function* entriesOf(map: HeaderMap): Generator<HeaderPair> {
  for (const [name, value] of Object.entries(map)) {
    if (typeof value === "string") yield [name, value];
    else for (const one of value ?? []) yield [name, one];
  }
}

/** Values by lower-case name. A lookup is given back as it is. */
export function headerLookup(source: HeaderSource): HeaderLookup {
  if (source instanceof Map) return source as HeaderLookup;
  const lookup = new Map<string, string>();
  for (const [name, value] of isIterable(source) ? source : entriesOf(source)) {
    const key = name.toLowerCase();
    const earlier = lookup.get(key);
    if (earlier === undefined) lookup.set(key, value);
    else if (!singular.has(key)) lookup.set(key, `${earlier}, ${value}`);
  }
  return lookup;
}

/** Pairs from a flat list of names and values, as Node's `rawHeaders` has them. */
export function headerPairs(rawHeaders: readonly string[]): HeaderPair[] {
  const pairs: HeaderPair[] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    pairs.push([rawHeaders[index] as string, rawHeaders[index + 1] as string]);
  }
  return pairs;
}

/** Headers by lower-case name, from a flat list of names and values as Node's `rawHeaders` has them. */
export function headerMap(rawHeaders: readonly string[]): HeaderMap {
  return Object.fromEntries(headerLookup(headerPairs(rawHeaders)));
}
