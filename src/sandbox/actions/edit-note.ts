// Editing, which Sharkey has: the author gets `note` again, with the same id and `updatedAt`, and whoever the note
// replies to hears of it too. As `reply`, seen on Sharkey 2025.4.7; as `edited`, both without the counts, on 2024.9.1-rc.
// Whom the new text mentions, and whose note is quoted, hears nothing.
import { packNote } from "../entities/note.js";
import type { Payload } from "../world/occurrence.js";
import type { Note, User } from "../world/records.js";
import { isMuting } from "../world/relations.js";
import type { World } from "../world/world.js";
import { notify } from "./notify.js";
import { contentsOf, type Draft, isThreadMuted, mentionedUsers } from "./post-note.js";

/**
 * What an edit changes; what is left out becomes empty, as with a new note: the recipients of a direct note, too. What it
 * replies to and its visibility stay.
 */
export type Edit = Pick<Draft, "text" | "cw" | "fileIds" | "poll" | "renote" | "visibleUserIds">;

function withoutCounts({
  renoteCount: _renotes,
  repliesCount: _replies,
  clippedCount: _clips,
  ...rest
}: Payload): Payload {
  return rest;
}

function isSame(note: Note, { text, cw, fileIds, poll }: Edit): boolean {
  const isPlain = note.fileIds.length === 0 && fileIds.length === 0 && note.poll === null && poll === null;
  return isPlain && note.text === text && note.cw === cw;
}

function recipientsOf({ visibleUserIds }: Edit, reply: Note | undefined): string[] {
  return [...new Set([...visibleUserIds, ...(reply ? [reply.userId] : [])])];
}

/** Edits a note, and tells its author and the one it replies to. Nothing happens where text, cw, files and poll stay. */
export function editNote(world: World, author: User, note: Note, edit: Edit): void {
  const { text, cw, fileIds, poll, renote } = edit;
  if (isSame(note, edit)) return;
  const reply = note.replyId === null ? undefined : world.notes.get(note.replyId);
  const draft = { ...note, ...edit, reply, channel: undefined, extractMentions: true, extractHashtags: true };
  const contents = contentsOf(draft);
  const mentioned = [...mentionedUsers(world, author, draft, note.visibility, contents)];
  // Mentions are replaced, never emptied.
  const mentions = mentioned.length > 0 ? mentioned : note.mentions;
  const renoteId = renote?.id ?? null;
  if (note.visibility === "specified") note.visibleUserIds = recipientsOf(edit, reply);
  Object.assign(note, { text, cw, fileIds, poll, renoteId, mentions, tags: contents.tags, updatedAt: world.now() });

  const { editsComeAsReplies } = world.dialect.api;
  const packed = packNote(world, note, null, { withPairCache: true, skipHide: !world.dialect.hidesNonPublicNotes });
  const body = { note: editsComeAsReplies ? packed : withoutCounts(packed) };
  world.publish({ kind: "user-event", type: "note", userId: note.userId, body });
  if (reply === undefined || isThreadMuted(world, reply.userId, reply) || isMuting(world, reply.userId, author.id))
    return;
  const type = editsComeAsReplies ? "reply" : "edited";
  world.publish({ kind: "user-event", type, streamType: "edited", userId: reply.userId, body });
  notify(world, reply.userId, { type: "edited", from: author, note });
}
