// Posting: what a note becomes, and whom it concerns. Order and audience as seen on Misskey 2026.3.2.
import { packNote } from "../entities/note.js";
import type { Payload } from "../world/occurrence.js";
import type { Channel, Note, Poll, User, Visibility } from "../world/records.js";
import { isBlocking, isMuting } from "../world/relations.js";
import { findUserByName, hostOf, keepNote, pairKey, type World } from "../world/world.js";
import { notify } from "./notify.js";
import { readTexts, type TextContents } from "./read-text.js";

/** A note that is about to be posted; what it refers to has been found and may be referred to. */
export interface Draft {
  readonly text: string | null;
  readonly cw: string | null;
  readonly visibility: Visibility;
  readonly visibleUserIds: readonly string[];
  readonly localOnly: boolean;
  readonly reactionAcceptance: string | null;
  readonly fileIds: readonly string[];
  readonly poll: Poll | null;
  readonly reply: Note | undefined;
  readonly renote: Note | undefined;
  readonly channel: Channel | undefined;
  readonly extractMentions: boolean;
  readonly extractHashtags: boolean;
}

/** A renote with nothing of its own. */
export function isPureRenote(note: Pick<Note, "renoteId" | "text" | "cw" | "fileIds" | "poll" | "replyId">): boolean {
  const { renoteId, text, cw, fileIds, poll, replyId } = note;
  return renoteId !== null && text === null && cw === null && fileIds.length === 0 && poll === null && replyId === null;
}

/** A reply goes to the channel of what it replies to, and leaves the channel if that is in none. */
function channelOf(world: World, { reply, channel }: Draft): Channel | undefined {
  if (reply === undefined) return channel;
  return reply.channelId === null ? undefined : world.channels.get(reply.channelId);
}

/** Nobody reaches more people with a reply or renote than the other note did. */
function visibilityOf({ visibility, reply, renote }: Draft, channel: Channel | undefined): Visibility {
  if (channel) return "public";
  if (renote?.visibility === "followers") return "followers";
  if (visibility !== "public") return visibility;
  const narrower = [reply, renote].some((other) => other !== undefined && other.visibility !== "public");
  return narrower ? "home" : "public";
}

/** What the texts of a draft mention and tag. */
export function contentsOf(draft: Draft): TextContents {
  const choices = draft.poll?.choices.map(({ text }) => text) ?? [];
  const texts = [draft.text, draft.cw, ...choices].filter((text) => text !== null);
  const { mentions, tags } = readTexts(texts);
  return { mentions: draft.extractMentions ? mentions : [], tags: draft.extractHashtags ? tags : [] };
}

/** The local users that a note is about: @mentioned, replied to, or among the recipients of a direct note. */
export function mentionedUsers(
  world: World,
  author: User,
  draft: Draft,
  visibility: Visibility,
  { mentions }: TextContents,
): Set<string> {
  const found = new Set<string>();
  for (const { username, host } of mentions) {
    const isLocal = host === null || host.toLowerCase() === hostOf(world);
    const user = isLocal ? findUserByName(world, username) : undefined;
    if (user) found.add(user.id);
  }
  if (draft.reply && draft.reply.userId !== author.id) found.add(draft.reply.userId);
  if (visibility === "specified") for (const id of draft.visibleUserIds) found.add(id);
  return found;
}

/** How many a note by this author would mention: servers refuse more than 20. */
export function countMentions(world: World, author: User, draft: Draft): number {
  return mentionedUsers(world, author, draft, visibilityOf(draft, channelOf(world, draft)), contentsOf(draft)).size;
}

function createNote(world: World, author: User, draft: Draft): Note {
  const { reply, renote, poll } = draft;
  const channel = channelOf(world, draft);
  const visibility = visibilityOf(draft, channel);
  const contents = contentsOf(draft);
  const mentions = mentionedUsers(world, author, draft, visibility, contents);
  const recipients = new Set(draft.visibleUserIds);
  if (reply) recipients.add(reply.userId);
  const inheritsLocalOnly = [reply, renote].some((other) => other?.localOnly === true);
  return {
    id: world.newId(),
    createdAt: world.now(),
    userId: author.id,
    text: draft.text?.trim() || null,
    cw: draft.cw,
    updatedAt: null,
    visibility,
    visibleUserIds: visibility === "specified" ? [...recipients] : [],
    localOnly: channel !== undefined || draft.localOnly || inheritsLocalOnly,
    reactionAcceptance: draft.reactionAcceptance,
    tags: contents.tags,
    mentions: [...mentions],
    fileIds: draft.fileIds,
    replyId: reply?.id ?? null,
    renoteId: renote?.id ?? null,
    threadId: reply ? (reply.threadId ?? reply.id) : null,
    channelId: channel?.id ?? null,
    poll,
    renoteCount: 0,
    repliesCount: 0,
    reactions: [],
  };
}

/** Whether somebody wants to hear nothing more of the thread of a note. */
export function isThreadMuted(world: World, userId: string, thread: Note): boolean {
  return world.mutedThreads.has(pairKey(userId, thread.threadId ?? thread.id));
}

/**
 * Tells everybody whom the note concerns: the author's `note`, then `mention`s, `reply`, `renote`, notifications last.
 * Whether the embedded notes count this one depends on the server.
 */
function announce(world: World, author: User, note: Note, { reply, renote }: Draft): void {
  const asVisitorSees = { withPairCache: true, skipHide: !world.dialect.hidesNonPublicNotes };
  const packed = packNote(world, note, null, asVisitorSees);
  const seenBy = (userId: string): Payload => ({
    note: world.behaviour.packsForOwner ? packNote(world, note, userId, asVisitorSees) : packed,
  });
  const reasons = new Map<string, "mention" | "reply" | "renote" | "quote">();

  world.publish({ kind: "timeline-note", noteId: note.id, note: packed });
  world.publish({ kind: "user-event", type: "note", userId: author.id, body: seenBy(author.id) });
  const { mutesMentions, blocksMentions, mentionsRecipientsOnly } = world.behaviour;
  const isMuted = (userId: string): boolean => mutesMentions && isMuting(world, userId, author.id);
  const isKept = (userId: string): boolean =>
    (blocksMentions && isBlocking(world, userId, author.id)) ||
    (mentionsRecipientsOnly && note.visibility === "specified" && !note.visibleUserIds.includes(userId));
  for (const userId of note.mentions) {
    if (isThreadMuted(world, userId, note) || isMuted(userId) || isKept(userId)) continue;
    const forUser = { note: packNote(world, note, userId) };
    world.publish({ kind: "user-event", type: "mention", userId, body: forUser });
    reasons.set(userId, "mention");
  }
  if (reply && !isThreadMuted(world, reply.userId, reply) && !isMuted(reply.userId)) {
    world.publish({ kind: "user-event", type: "reply", userId: reply.userId, body: seenBy(reply.userId) });
    reasons.set(reply.userId, "reply");
  }
  if (renote && renote.userId !== author.id) {
    world.publish({ kind: "user-event", type: "renote", userId: renote.userId, body: seenBy(renote.userId) });
    reasons.set(renote.userId, isPureRenote(note) ? "renote" : "quote");
  }
  for (const [userId, reason] of reasons) notify(world, userId, { type: reason, from: author, note });
}

function countIn(world: World, author: User, note: Note, { reply, renote }: Draft): void {
  author.notesCount++;
  author.updatedAt = note.createdAt;
  if (reply) reply.repliesCount++;
  const counts = world.behaviour.countsQuotes || isPureRenote(note);
  if (renote && counts && renote.userId !== author.id && !author.profile.isBot) renote.renoteCount++;
  const channel = note.channelId === null ? undefined : world.channels.get(note.channelId);
  if (channel === undefined) return;
  channel.notesCount++;
  channel.lastNotedAt = note.createdAt;
  if (!channel.noters.includes(author.id)) channel.noters.push(author.id);
}

/** Posts, and tells everybody whom it concerns. */
export function postNote(world: World, author: User, draft: Draft): Note {
  const note = createNote(world, author, draft);
  keepNote(world, note);
  const { countsAtOnce } = world.behaviour;
  if (countsAtOnce) countIn(world, author, note, draft);
  announce(world, author, note, draft);
  if (!countsAtOnce) countIn(world, author, note, draft);
  return note;
}

/**
 * Deletes a note. No hook hears of it. Of all counts only that of replies goes down, and replies and renotes of it stay,
 * as in the source of Misskey 2025.10.
 */
export function deleteNote(world: World, note: Note): void {
  const reply = note.replyId === null ? undefined : world.notes.get(note.replyId);
  if (reply) reply.repliesCount--;
  world.notes.delete(note.id);
  const deletedAt = new Date(world.now()).toISOString();
  world.publish({ kind: "note-updated", noteId: note.id, type: "deleted", body: { deletedAt } });
}
