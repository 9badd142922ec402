// The words of a catalogue for a fact. What the fact tells came from strangers as often as not, so it is made safe to
// show here, before any sentence is built of it: no entry of a catalogue can forget it.
import { inline } from "../../printable.js";
import type { Words } from "./words.js";

/** The value with every text in it as a part of one line; lists and objects keep their form. */
function safe(value: unknown): unknown {
  if (typeof value === "string") return inline(value);
  if (Array.isArray(value)) return value.map(safe);
  if (typeof value === "object" && value !== null && !(value instanceof Date) && !(value instanceof URL)) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [inline(key), safe(inner)]));
  }
  return value instanceof URL ? inline(value.href) : value;
}

type Entry = (params: never) => Words;

/** The words for the code with its parameters, or undefined when the catalogue has none for it. */
export function say(
  catalogue: Readonly<Record<string, Entry>>,
  code: string,
  params: Readonly<Record<string, unknown>>,
): Words | undefined {
  const entry = Object.hasOwn(catalogue, code) ? catalogue[code] : undefined;
  return entry?.(safe(params) as never);
}
