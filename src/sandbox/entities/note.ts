// Notes as servers show them, keys in the order of Misskey 2026.3.2: absent when empty where a server leaves them out.
import { hideNote } from "../../protocol/index.js";
import type { Payload } from "../world/occurrence.js";
import type { Channel, Note, Poll } from "../world/records.js";
import { isFollowing } from "../world/relations.js";
import type { World } from "../world/world.js";
import { packFile } from "./drive-file.js";
import { isoTime, isoTimeOrNull } from "./time.js";
import { packUserLite } from "./user-lite.js";

/** How a note is shown. */
export interface NoteView {
  /** With clippedCount, poll and the notes it replies to or renotes. Default true; a nested reply goes without. */
  readonly detail?: boolean;
  /** Shows a note that the viewer couldn't see, as webhooks do. Default false. */
  readonly skipHide?: boolean;
  /** With `reactionAndUserPairCache`: in `note`, `reply` and `renote` events, not in `mention` nor in the API. */
  readonly withPairCache?: boolean;
}

/** Whether somebody (null: nobody in particular) may read a note. */
export function mayRead(world: World, note: Note, viewerId: string | null): boolean {
  if (note.userId === viewerId) return true;
  if (viewerId === null && world.users.get(note.userId)?.profile.requireSigninToViewContents) return false;
  if (note.visibility === "public" || note.visibility === "home") return true;
  if (viewerId === null) return false;
  if (note.visibility === "specified") return note.visibleUserIds.includes(viewerId);
  const repliesToViewer = note.replyId !== null && world.notes.get(note.replyId)?.userId === viewerId;
  return repliesToViewer || note.mentions.includes(viewerId) || isFollowing(world, viewerId, note.userId);
}

const maxCachedPairs = 16;

function countReactions(note: Note): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { reaction } of note.reactions) counts[reaction] = (counts[reaction] ?? 0) + 1;
  return Object.fromEntries(Object.entries(counts).toSorted(([a], [b]) => inStore(a, b)));
}

/** The order that PostgreSQL keeps the keys of a jsonb in: the shorter first, in bytes, then by their bytes. */
function inStore(a: string, b: string): number {
  const [first, second] = [Buffer.from(a), Buffer.from(b)];
  return first.length - second.length || first.compare(second);
}

/** Who reacted with what: the first so many, as a server keeps it. */
function pairCache({ reactions }: Note): string[] {
  return reactions.slice(0, maxCachedPairs).map(({ userId, reaction }) => `${userId}/${reaction}`);
}

function packPoll(poll: Poll): Payload {
  const choices = poll.choices.map(({ text, votes }) => ({ text, votes, isVoted: false }));
  return { multiple: poll.multiple, expiresAt: isoTimeOrNull(poll.expiresAt), choices };
}

function packNoteChannel({ id, name, color, isSensitive, allowRenoteToExternal, userId }: Channel): Payload {
  return { id, name, color, isSensitive, allowRenoteToExternal, userId };
}

function packFiles(world: World, fileIds: readonly string[]): Payload[] {
  return fileIds.flatMap((id) => {
    const file = world.files.get(id);
    return file ? [packFile(world, file, { withOwner: true })] : [];
  });
}

/** What only the detailed form has. */
function packDetails(world: World, note: Note, viewerId: string | null, view: NoteView): Payload {
  const reply = note.replyId === null ? undefined : world.notes.get(note.replyId);
  const renote = note.renoteId === null ? undefined : world.notes.get(note.renoteId);
  return {
    clippedCount: 0,
    ...(note.replyId === null
      ? {}
      : {
          reply: reply
            ? packNote(world, reply, viewerId, { ...view, detail: world.dialect.writing.detailedReplies })
            : null,
        }),
    ...(note.renoteId === null
      ? {}
      : { renote: renote ? packNote(world, renote, viewerId, { ...view, detail: true }) : null }),
    ...(note.poll ? { poll: packPoll(note.poll) } : {}),
    ...packMyReaction(note, viewerId),
  };
}

function packMyReaction({ reactions }: Note, viewerId: string | null): Payload {
  const mine = reactions.find(({ userId }) => userId === viewerId);
  return mine ? { myReaction: mine.reaction } : {};
}

/** What a nested reply has of the details on some servers. */
function packOfReply({ behaviour }: World, note: Note, viewerId: string | null): Payload {
  return {
    ...(note.poll && behaviour.repliesShowPolls ? { poll: packPoll(note.poll) } : {}),
    ...(behaviour.packsForOwner ? packMyReaction(note, viewerId) : {}),
  };
}

/** Whether the viewer has renoted it, by a quote too, where the server tells. */
function isRenotedBy(world: World, note: Note, viewerId: string | null): boolean {
  if (!world.dialect.writing.marksRenoted || viewerId === null) return false;
  for (const { renoteId, userId } of world.notes.values()) {
    if (renoteId === note.id && userId === viewerId) return true;
  }
  return false;
}

/**
 * A note as `viewerId` sees it; null is a visitor without an account.
 * @throws Error when the author is unknown, which is a fault of ours
 */
export function packNote(world: World, note: Note, viewerId: string | null, view: NoteView = {}): Payload {
  const { detail = true, skipHide = false, withPairCache = false } = view;
  const author = world.users.get(note.userId);
  if (author === undefined) throw new Error(`note ${note.id} has no author`);
  const channel = note.channelId === null ? undefined : world.channels.get(note.channelId);
  const packed: Payload = {
    id: note.id,
    createdAt: isoTime(note.createdAt),
    ...(note.updatedAt === null ? {} : { updatedAt: isoTime(note.updatedAt) }),
    userId: note.userId,
    user: packUserLite(world, author),
    text: note.text,
    cw: note.cw,
    visibility: note.visibility,
    localOnly: note.localOnly,
    reactionAcceptance: note.reactionAcceptance,
    ...(note.visibility === "specified" ? { visibleUserIds: note.visibleUserIds } : {}),
    renoteCount: note.renoteCount,
    repliesCount: note.repliesCount,
    reactionCount: note.reactions.length,
    reactions: countReactions(note),
    reactionEmojis: {},
    ...(withPairCache ? { reactionAndUserPairCache: pairCache(note) } : {}),
    ...(note.tags.length > 0 ? { tags: note.tags } : {}),
    fileIds: note.fileIds,
    files: packFiles(world, note.fileIds),
    replyId: note.replyId,
    renoteId: note.renoteId,
    ...(channel ? { channelId: channel.id, channel: packNoteChannel(channel) } : {}),
    ...(note.mentions.length > 0 ? { mentions: note.mentions } : {}),
    ...(note.poll ? { hasPoll: true } : {}),
    ...(detail ? packDetails(world, note, viewerId, view) : {}),
    ...(detail ? {} : packOfReply(world, note, viewerId)),
    ...(isRenotedBy(world, note, viewerId) ? { isRenoted: true } : {}),
  };
  return skipHide || mayRead(world, note, viewerId) ? packed : hideNote(packed);
}
