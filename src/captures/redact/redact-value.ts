// Pseudonyms in a payload, by what each key means. What isn't known is taken for a text: better too much than too little.
import { redactText, redactUrl } from "./redact-text.js";
import type { Pseudonyms } from "./pseudonyms.js";

/** Words of the protocol: they stay as they are, where they look like words of a protocol. */
const protocolWords =
  /^(?:type|visibility|onlineStatus|reactionAcceptance|canBite|chatScope|ffVisibility|followersVisibility|followingVisibility|notify|allowUnsignedFetch|category|resolvedAs|softwareName|softwareVersion|color|themeColor|lang|securityKeys|allowedFor.*|mutedWords|status)$/;
const protocolWord = /^(?:[a-z][\w./+-]{0,60}|[a-z]{2,3}-[A-Z]{2}|#[\da-f]{3,8}|\d+(?:\.\d+)*[\w.+-]{0,30})$/i;
/** A value that says how something is, and stays. */
export function isProtocolWord(key: string, text: string): boolean {
  return protocolWords.test(key) && protocolWord.test(text);
}

const time = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;
const isId = /(?:^id|Id|^mentions|Ids|^reactionAndUserPairCache)$/;
const isHash = /^(?:md5|blurhash|avatarBlurhash|bannerBlurhash|sensitiveHash)$/;
const isUsername = /^username(?:Lower)?$/;
const isHost = /^(?:host|userHost|server)$/;
const shortcode = /^:?([\w+-]+)(?:@([^:]+))?:?$/;

type Json = Readonly<Record<string, unknown>>;

/** `:name@host:`, the name alone, or an emoji itself, which stays: everybody has the same. */
function redactEmoji(text: string, names: Pseudonyms): string {
  const [, name, host] = shortcode.exec(text) ?? [];
  if (name === undefined) return text;
  const place = host === undefined ? "" : `@${host === "." ? "." : names.host(host)}`;
  const redacted = `${names.username(name)}${place}`;
  return text.startsWith(":") ? `:${redacted}:` : redacted;
}

function redactFileName(name: string, names: Pseudonyms): string {
  const [, stem = name, ending = ""] = /^(.+?)(\.[a-z\d]{1,5})$/i.exec(name) ?? [];
  return redactText(stem, names) + ending;
}

function redactString(text: string, key: string, names: Pseudonyms, known: ReadonlySet<string>): string {
  if (text === "" || time.test(text)) return text;
  if (isProtocolWord(key, text)) return text;
  if (key === "reactionAndUserPairCache") return redactPair(text, names);
  if (isId.test(key) || known.has(text)) return names.id(text);
  if (isHash.test(key)) return text.slice(0, 1) + names.id(text.slice(1));
  if (isUsername.test(key)) return names.username(text);
  if (key === "birthday") return names.birthday(text);
  if (/^[a-z]+:\/\//i.test(text)) return redactUrl(text, names);
  if (isHost.test(key)) return names.host(text);
  if (key === "reaction") return redactEmoji(text, names);
  return key === "name" ? redactFileName(text, names) : redactText(text, names);
}

/** `userId/reaction`. */
function redactPair(text: string, names: Pseudonyms): string {
  const [id = "", ...reaction] = text.split("/");
  return [names.id(id), redactEmoji(reaction.join("/"), names)].join("/");
}

const emojiMaps: ReadonlySet<string> = new Set(["emojis", "reactions", "reactionEmojis"]);

/** Every value below a key that names ids: they are found again where they stand for something else, as keys too. */
export function collectIds(value: unknown, into: Set<string>, key = ""): void {
  if (typeof value === "string") {
    if (isId.test(key) && key !== "reactionAndUserPairCache" && value.length >= 8) into.add(value);
  } else if (Array.isArray(value)) for (const item of value) collectIds(item, into, key);
  else if (typeof value === "object" && value !== null) {
    for (const [name, inner] of Object.entries(value)) collectIds(inner, into, name);
  }
}

/** The payload with pseudonyms; its keys, types and order stay. */
export function redactValue(value: unknown, names: Pseudonyms, ids: ReadonlySet<string>, key = ""): unknown {
  if (typeof value === "string") return redactString(value, key, names, ids);
  if (Array.isArray(value)) {
    const itemKey = emojiMaps.has(key) ? "reaction" : key;
    return value.map((item) => redactValue(item, names, ids, itemKey));
  }
  if (typeof value !== "object" || value === null) return value;
  const isEmojiMap = emojiMaps.has(key);
  return Object.fromEntries(
    Object.entries(value as Json).map(([name, inner]) => {
      const shown = isEmojiMap ? redactEmoji(name, names) : ids.has(name) ? names.id(name) : name;
      return [shown, redactValue(inner, names, ids, isEmojiMap ? "url" : name)];
    }),
  );
}
