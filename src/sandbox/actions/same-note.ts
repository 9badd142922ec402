// Posting the same twice, which MisskeyIO takes for a client that tries again. As in the source of 2025.4.1-mhq.13.
import type { Note, User } from "../world/records.js";
import type { World } from "../world/world.js";

/** How long a note stands for its repetitions, in milliseconds. */
const rememberedMs = 60_000;

/** The note that `author` posted with the same call a moment ago; otherwise the one that `post` makes now. */
export function postOnce(world: World, author: User, call: unknown, post: () => Note): Note {
  if (!world.behaviour.mergesSameNotes) return post();
  const { latelyPosted, notes, now } = world;
  for (const [key, { at }] of latelyPosted) {
    if (at > now() - rememberedMs) break;
    latelyPosted.delete(key);
  }
  const key = `${author.id} ${JSON.stringify(call)}`;
  const earlier = notes.get(latelyPosted.get(key)?.noteId ?? "");
  if (earlier) return earlier;
  const note = post();
  latelyPosted.delete(key);
  latelyPosted.set(key, { noteId: note.id, at: now() });
  return note;
}
