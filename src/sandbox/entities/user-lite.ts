// The short form of a user, UserLite, keys in the order of Misskey 2026.3.2.
import type { Payload } from "../world/occurrence.js";
import type { User } from "../world/records.js";
import { hostOf, type World } from "../world/world.js";
import { packUserExtras } from "./user-extras.js";

const minuteMs = 60_000;

/** A user's stream was seen within 10 minutes: online; within 3 days: active. Nobody has ever seen it: unknown. */
function onlineStatus(world: World, user: User): "unknown" | "online" | "active" | "offline" {
  if (user.profile.hideOnlineStatus || user.lastActiveAt === null) return "unknown";
  const elapsedMs = world.now() - user.lastActiveAt;
  if (elapsedMs < 10 * minuteMs) return "online";
  return elapsedMs < 3 * 24 * 60 * minuteMs ? "active" : "offline";
}

/** Seen on Misskey 12.119.2, 13.14.2 to 2026.3.2, CherryPick, Sharkey, MisskeyIO and Iceshrimp. */
function avatarOf({ origin, dialect: { avatars } }: World, accessKey: string): string {
  const encoded = encodeURIComponent(`${origin}/files/${accessKey}`);
  if (avatars.files === "proxy") return `${origin}/proxy/avatar.webp?url=${encoded}&avatar=1`;
  if (avatars.files === "proxy-path") return `${origin}/proxy/avatar/${encoded}?avatar=1`;
  return `${origin}/files/thumbnail-${accessKey}`;
}

function avatarUrl(world: World, user: User): string {
  const file = user.avatarId === null ? undefined : world.files.get(user.avatarId);
  if (file) return avatarOf(world, file.accessKey);
  return `${world.origin}/identicon/${user.username.toLowerCase()}@${hostOf(world)}`;
}

/** The short form, as in a note's `user` and in `followed`. */
export function packUserLite(world: World, user: User): Payload {
  const { profile } = user;
  return {
    id: user.id,
    name: user.name,
    username: user.username,
    host: null,
    avatarUrl: avatarUrl(world, user),
    avatarBlurhash: user.avatarId === null ? null : (world.files.get(user.avatarId)?.blurhash ?? null),
    avatarDecorations: [],
    isBot: profile.isBot,
    isCat: profile.isCat,
    ...(profile.requireSigninToViewContents ? { requireSigninToViewContents: true } : {}),
    ...(profile.makeNotesFollowersOnlyBefore === null
      ? {}
      : { makeNotesFollowersOnlyBefore: profile.makeNotesFollowersOnlyBefore }),
    ...(profile.makeNotesHiddenBefore === null ? {} : { makeNotesHiddenBefore: profile.makeNotesHiddenBefore }),
    emojis: {},
    onlineStatus: onlineStatus(world, user),
    badgeRoles: [],
    ...packUserExtras(world, user),
  };
}
