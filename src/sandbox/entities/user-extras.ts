// What relatives of Misskey say of a user everywhere, where Misskey says it in the profile alone.
import { tablesOf } from "../../protocol/index.js";
import type { Payload } from "../world/occurrence.js";
import type { User } from "../world/records.js";
import { followersCount, followingCount } from "../world/relations.js";
import type { World } from "../world/world.js";
import { isoTime } from "./time.js";

const extras: Readonly<Record<string, (world: World, user: User) => unknown>> = {
  isLocked: (_world, { profile }) => profile.isLocked,
  description: (_world, { profile }) => profile.description,
  createdAt: (_world, { createdAt }) => isoTime(createdAt),
  noindex: (_world, { profile }) => profile.noCrawle,
  followersCount: (world, { id }) => followersCount(world, id),
  followingCount: (world, { id }) => followingCount(world, id),
  notesCount: (_world, { notesCount }) => notesCount,
};

/** The keys on top of Misskey's that a UserLite of this dialect has and the sandbox knows. */
export function packUserExtras(world: World, user: User): Payload {
  const lite = tablesOf(world.dialect)?.objects.get("UserLite");
  const entries = Object.entries(extras).flatMap(([key, valueOf]): [string, unknown][] =>
    lite?.has(key) === true ? [[key, valueOf(world, user)]] : [],
  );
  return Object.fromEntries(entries);
}
