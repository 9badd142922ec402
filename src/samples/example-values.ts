// Values for the keys that a dialect has and Misskey's present payloads don't, as the recorded servers send them.
import { timeOfId } from "../protocol/index.js";

type Values = Readonly<Record<string, unknown>>;

const userValues: Values = {
  approved: true,
  avatarColor: null,
  backgroundBlurhash: null,
  backgroundUrl: null,
  bannerColor: null,
  canBite: "nobody",
  description: null,
  driveCapacityOverrideMb: null,
  emojis: [],
  ffVisibility: "public",
  followersCount: 128,
  followingCount: 96,
  isAdmin: false,
  isLimited: false,
  isLocked: false,
  isModerator: false,
  isProxy: false,
  isSilenced: false,
  listenbrainz: null,
  movedToUri: null,
  mutualLinkSections: [],
  noindex: false,
  notesCount: 2310,
  pronouns: {},
  securityKeys: false,
  speakAsCat: true,
  twoFactorEnabled: false,
  usePasswordLessLogin: false,
};

const noteValues: Values = {
  canBite: false,
  emojis: [],
  hasDeliveryTargets: false,
  isFiltered: false,
  reactionEmojis: [],
};

/** The custom emoji of a local note, which Misskey 12 and Iceshrimp list and Misskey doesn't at present. */
function customEmojiIn(text: unknown): { name: string; url: string }[] {
  const names = typeof text === "string" ? text.matchAll(/:(\w+):/g) : [];
  return Array.from(names, ([, name = ""]) => ({ name, url: `https://misskey.example/emoji/${name}.webp` }));
}

/** A value of a type as the payload tables write types: null where that is allowed, else the plainest there is. */
function plainest(type: string): unknown {
  const types = type.split("|");
  if (types.includes("null")) return null;
  const [first = "unknown"] = types;
  if (first.startsWith("'")) return first.slice(1, -1);
  if (first.endsWith("[]")) return [];
  if (first === "boolean") return false;
  if (first === "number" || first === "integer") return 0;
  if (first === "string") return "";
  if (first === "date-time") return new Date(0).toISOString();
  return first === "unknown" ? null : {};
}

/**
 * A value for a key that `object` (as Misskey sends it at present) doesn't have.
 * @param type the key's type as the dialect's tables have it; used for keys that no recorded server sends
 */
export function exampleValue(object: string, key: string, type: string, source: Values): unknown {
  if (key === "createdAt" && typeof source["id"] === "string") return new Date(timeOfId(source["id"])).toISOString();
  if (key === "replyUserId") {
    const reply = source["reply"] as Values | undefined;
    // Only a note inside a note lacks the note it replies to, and that one is of whom it mentions.
    return source["replyId"] === null ? null : (reply?.["userId"] ?? (source["mentions"] as string[] | undefined)?.[0]);
  }
  if (object === "Note" && key === "emojis" && type === "CustomEmoji[]") return customEmojiIn(source["text"]);
  const values = object === "Note" ? noteValues : userValues;
  return Object.hasOwn(values, key) ? values[key] : plainest(type);
}
