// Editing, which Sharkey has: the author gets `note` again, with the same id and `updatedAt`, and whoever the note
// replies to gets `edited`. Both lack the counts. Seen on Sharkey 2024.9.1-rc.
import { packNote } from "../entities/note.js";
import type { Payload } from "../world/occurrence.js";
import type { Note } from "../world/records.js";
import type { World } from "../world/world.js";

/** What an edit changes; what is left out becomes empty, as with a new note. */
export interface Edit {
  readonly text: string | null;
  readonly cw: string | null;
}

function withoutCounts({
  renoteCount: _renotes,
  repliesCount: _replies,
  clippedCount: _clips,
  ...rest
}: Payload): Payload {
  return rest;
}

/** Edits a note, and tells its author and the one it replies to. */
export function editNote(world: World, note: Note, { text, cw }: Edit): void {
  note.text = text;
  note.cw = cw;
  note.updatedAt = world.now();
  const packed = packNote(world, note, null, { withPairCache: true, skipHide: !world.dialect.hidesNonPublicNotes });
  const body = { note: withoutCounts(packed) };
  world.publish({ kind: "user-event", type: "note", userId: note.userId, body });
  const reply = note.replyId === null ? undefined : world.notes.get(note.replyId);
  if (reply) world.publish({ kind: "user-event", type: "edited", userId: reply.userId, body });
}
