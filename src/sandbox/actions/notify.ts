// Notifications: streams carry them, webhooks don't.
import { packNote } from "../entities/note.js";
import { isoTime } from "../entities/time.js";
import { packUserLite } from "../entities/user-lite.js";
import type { Payload } from "../world/occurrence.js";
import type { Note, User } from "../world/records.js";
import { isMuting } from "../world/relations.js";
import type { World } from "../world/world.js";

/** What somebody is notified of. */
export interface Notice {
  readonly type: string;
  readonly from: User;
  readonly note?: Note;
  /** What the type brings besides: `reaction`, `message`. */
  readonly more?: Payload;
}

/** Notifies a user, unless it is of themself or by somebody they mute. */
export function notify(world: World, userId: string, { type, from, note, more = {} }: Notice): void {
  if (from.id === userId || isMuting(world, userId, from.id)) return;
  const notification = {
    id: world.newId(),
    createdAt: isoTime(world.now()),
    type,
    userId: from.id,
    user: packUserLite(world, from),
    ...(note ? { note: packNote(world, note, userId) } : {}),
    ...more,
  };
  world.publish({ kind: "notification", userId, notification });
}
