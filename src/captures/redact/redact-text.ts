// Pseudonyms in texts and URLs: what is mentioned, tagged and linked stays mentioned, tagged and linked.
import type { Pseudonyms } from "./pseudonyms.js";

const host =
  "(?:[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]*[\\p{L}\\p{N}])?\\.)+\\p{L}[\\p{L}\\p{N}-]*|\\d+(?:\\.\\d+){3}|localhost";
const url = "[a-z][a-z\\d+.-]*://[^\\s<>\"'）」]+";
const account = `@[\\w.-]*\\w(?:@(?:${host})(?::\\d+)?)?`;
const mail = `[\\w.+-]+@(?:${host})`;
const word = "[\\p{L}\\p{N}\\p{M}]+|\\p{Extended_Pictographic}";
const parts = new RegExp(
  `(?<url>${url})|(?<mail>${mail})|(?<account>${account})|(?<host>${host})|(?<word>${word})`,
  "giu",
);

/** Parts of a path that say what it is, not whose. */
const pathWords = new Set(
  "api avatar channels clips emoji files followers following hook hooks identicon media notes proxy static tags users webhook".split(
    " ",
  ),
);

function redactAccount(text: string, names: Pseudonyms): string {
  const [, username = "", place] = /^@?([^@]+)(?:@(.+))?$/.exec(text) ?? [];
  return `${text.startsWith("@") ? "@" : ""}${names.username(username)}${place === undefined ? "" : `@${names.host(place)}`}`;
}

function redactSegment(segment: string, names: Pseudonyms): string {
  if (segment === "" || pathWords.has(segment)) return segment;
  const text = decoded(segment);
  if (text.includes("@")) return redactAccount(text, names);
  const [, stem = text, ending = ""] = /^(.+?)(\.[a-z\d]{1,5})?$/i.exec(text) ?? [];
  return encodeURIComponent(names.id(stem)) + ending;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** A path with its query. */
export function redactPath(path: string, names: Pseudonyms): string {
  const [before = "", ...after] = path.split("?");
  const segments = before.split("/").map((segment) => redactSegment(segment, names));
  const query = after
    .join("?")
    .replace(/=([^&#]*)/g, (_, value: string) => `=${encodeURIComponent(names.id(decoded(value)))}`);
  return segments.join("/") + (after.length > 0 ? `?${query}` : "");
}

/** A URL: another host, another path of the same form. */
export function redactUrl(text: string, names: Pseudonyms): string {
  const [, scheme = "", place = "", rest = ""] = /^([a-z][a-z\d+.-]*:\/\/)([^/?#]*)(.*)$/is.exec(text) ?? [];
  if (scheme === "") return redactText(text, names);
  return `${scheme}${names.host(place.replace(/^.*@/, ""))}${redactPath(rest, names)}`;
}

/** A text: words, mentions, tags and links are others, everything between them stays. */
export function redactText(text: string, names: Pseudonyms): string {
  return text.replace(parts, (whole, ...args) => {
    const found = args.at(-1) as Readonly<Record<string, string | undefined>>;
    if (found["url"] !== undefined) return redactUrl(whole, names);
    if (found["mail"] !== undefined || found["account"] !== undefined) return redactAccount(whole, names);
    if (found["host"] !== undefined) return names.host(whole);
    return names.word(whole);
  });
}
