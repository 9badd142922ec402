// What each channel of the stream lets through. Seen on Misskey 2026.3.2 and 13.14.2, Sharkey 2025.4.7.
import { packNote } from "../entities/note.js";
import type { Occurrence, Payload } from "../world/occurrence.js";
import type { Note } from "../world/records.js";
import { isBlocking, isFollowing, isMuting } from "../world/relations.js";
import type { World } from "../world/world.js";

/** A message of a channel. */
export interface ChannelMessage {
  readonly type: string;
  readonly body: Payload;
}

/** A channel that can be connected to. */
export interface ChannelSpec {
  /** The permission that an app's token must hold. */
  readonly permission: string;
  /** Connecting to it twice is one connection. */
  readonly shared: boolean;
  /** What a user gets of an occurrence; undefined for nothing. */
  readonly pick: (world: World, userId: string, occurrence: Occurrence) => ChannelMessage | undefined;
}

/** Events for one user: mentions, replies, renotes, follows, notifications. Whom the user mutes isn't heard mentioning. */
function pickMain(world: World, userId: string, occurrence: Occurrence): ChannelMessage | undefined {
  if (occurrence.kind === "notification" && occurrence.userId === userId)
    return { type: "notification", body: occurrence.notification };
  if (occurrence.kind !== "user-event" || occurrence.userId !== userId || occurrence.type === "note") return undefined;
  const type = occurrence.streamType ?? occurrence.type;
  const body = world.writer.body(type, occurrence.body);
  const content = (body["note"] ?? body["user"]) as Payload | undefined;
  if (content === undefined) return undefined;
  if (type === "mention" && isMuting(world, userId, String(content["userId"]))) return undefined;
  const isSpecified = content["visibility"] === "specified" && content["userId"] !== userId;
  if (type === "mention" && isSpecified && !world.dialect.api.streamTellsSpecified) return undefined;
  return { type, body: content };
}

/** A reply is for those who follow both, or whom it concerns: unless the follow asks for replies. */
function showsReply(world: World, userId: string, note: Note): boolean {
  const reply = note.replyId === null ? undefined : world.notes.get(note.replyId);
  if (reply === undefined || note.userId === userId) return true;
  const follow = world.follows.get(`${userId} ${note.userId}`);
  if (follow?.withReplies === true)
    return reply.visibility !== "followers" || reply.userId === userId || isFollowing(world, userId, reply.userId);
  return reply.userId === userId || reply.userId === note.userId;
}

/** Old servers pack a note anew for each reader: nothing is hidden from its author, and a reply's target has its details. */
function packForReader(world: World, userId: string, note: Note): Payload {
  const packed = packNote(world, note, userId, { withPairCache: true });
  const reply = note.replyId === null ? undefined : world.notes.get(note.replyId);
  return reply === undefined ? packed : { ...packed, reply: packNote(world, reply, userId, { withPairCache: true }) };
}

/** Notes of the user and of those they follow; not those of channels, nor of whom they mute or are blocked by. */
function pickHomeTimeline(world: World, userId: string, occurrence: Occurrence): ChannelMessage | undefined {
  if (occurrence.kind !== "timeline-note") return undefined;
  const note = world.notes.get(occurrence.noteId);
  if (note === undefined || note.channelId !== null) return undefined;
  const isOwn = note.userId === userId;
  if (!isOwn && !isFollowing(world, userId, note.userId)) return undefined;
  const { streamTellsSpecified } = world.dialect.api;
  const mayHear = streamTellsSpecified && note.visibleUserIds.includes(userId);
  if (note.visibility === "specified" && !isOwn && !mayHear) return undefined;
  if (isMuting(world, userId, note.userId) || isBlocking(world, note.userId, userId)) return undefined;
  if (!showsReply(world, userId, note)) return undefined;
  const shown = world.dialect.hidesNonPublicNotes ? packForReader(world, userId, note) : occurrence.note;
  return { type: "note", body: world.writer.object("Note", shown) };
}

/** The channels that the sandbox has, by name. */
export const channels: ReadonlyMap<string, ChannelSpec> = new Map([
  ["main", { permission: "read:account", shared: true, pick: pickMain }],
  ["homeTimeline", { permission: "read:account", shared: false, pick: pickHomeTimeline }],
]);
