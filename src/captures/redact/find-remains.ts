// What is left of people in a recording: what looks personal, and what stood in an original.
import { dummyId } from "./pseudonyms.js";
import { isProtocolWord } from "./redact-value.js";

type Json = Readonly<Record<string, unknown>>;

export interface Remains {
  /** Where: `body.note.user.host`. */
  readonly path: string;
  readonly kind: "address" | "token" | "host" | "original";
}

const mail = /[\w.+-]+@([\w-]+\.)+[a-z]{2,}/gi;
const urlHost = /[a-z][a-z\d+.-]*:\/\/([^\s/?#"'<>]+)/gi;
const ipAddress = /(?<![\d.])\d{1,3}(\.\d{1,3}){3}(?![\d.])/;
// RFC 2606 and 6761, and what documentation uses.
const reserved = /(^|\.)(example|test|invalid)(:\d+)?$|(^|\.)example\.(com|net|org)(:\d+)?$/i;
const hostKeys = /^(host|userHost|server)$|-host$/i;
const tokenKeys = /secret|token|authorization|cookie|api-?key|password/i;
const placeholder = /^(<[\w:]+>|redacted|)$/;

function kindsOf(text: string, key: string): Remains["kind"][] {
  const kinds: Remains["kind"][] = [];
  const addresses = text.match(mail) ?? [];
  const isForeign = (address: string): boolean => !reserved.test(address.split("@").at(-1) ?? "");
  if (addresses.some(isForeign) || ipAddress.test(text)) kinds.push("address");
  if (tokenKeys.test(key) && !placeholder.test(text)) kinds.push("token");
  const hosts = [...text.matchAll(urlHost)].map(([, host = ""]) => host);
  const named = hostKeys.test(key) && !text.includes("://") && text !== "" ? [text] : [];
  if ([...hosts, ...named].some((host) => !reserved.test(host))) kinds.push("host");
  return kinds;
}

/** Every text of a value with its path, keys of objects included; `bodyRaw` is what `body` says, read again. */
function* textsOf(value: unknown, path: string, key: string): Generator<{ path: string; key: string; text: string }> {
  if (typeof value === "string") {
    if (key === "bodyRaw") {
      try {
        yield* textsOf(JSON.parse(value), path, "");
        return;
      } catch {
        // No JSON: a text like another.
      }
    }
    yield { path, key, text: value };
  } else if (Array.isArray(value)) {
    const isFlat = key === "rawHeaders" && value.every((entry) => typeof entry === "string");
    for (const [index, item] of value.entries()) {
      const name = isFlat && index % 2 === 1 ? String(value[index - 1]) : isFlat ? "" : key;
      yield* textsOf(item, isFlat ? `headers.${name}` : `${path}[${index}]`, name);
    }
  } else if (typeof value === "object" && value !== null) {
    for (const [name, inner] of Object.entries(value as Json)) {
      const below = path === "" ? name : `${path}.${name}`;
      yield { path: below, key: "", text: name };
      yield* textsOf(inner, below, name);
    }
  }
}

const telling =
  /(?:^id|Id|^mentions|Ids|^username|^name|^host|^text|^cw|^description|^comment|^location|^birthday|^md5|[bB]lurhash|[uU]rl|^server|^summary)$/;

/** Texts of an original that say who or what it was about. */
export function tellingTexts(recording: unknown): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { key, text } of textsOf(recording, "", "")) {
    if (telling.test(key) && text.length >= 3 && !dummyId.test(text)) found.add(text);
  }
  return found;
}

/**
 * What is left, a line a place.
 * @param original `tellingTexts` of what it was made of; without it, only what looks personal is found
 */
export function findRemains(recording: unknown, original: ReadonlySet<string> = new Set()): Remains[] {
  const remains: Remains[] = [];
  for (const { path, key, text } of textsOf(recording, "", "")) {
    for (const kind of kindsOf(text, key)) remains.push({ path, kind });
    if (original.has(text) && !isProtocolWord(key, text)) remains.push({ path, kind: "original" });
  }
  return remains;
}
