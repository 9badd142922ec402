// notes/create: what may be posted, and what it may refer to.
import type { ServerBehaviour } from "../../../protocol/index.js";
import { countMentions, type Draft, isPureRenote, postNote } from "../../actions/post-note.js";
import { postOnce } from "../../actions/same-note.js";
import { mayRead, packNote } from "../../entities/note.js";
import type { Channel, Note, Poll, Visibility } from "../../world/records.js";
import { ApiError, type ApiErrorSpec, commonErrors } from "../api-error.js";
import { type Call, caller, type Endpoint, endpoint } from "../endpoint.js";
import { isBlockedBy } from "./find.js";
import { fileIdsParam, hasNothingElse, idsParam, optionalIdParam, pollParam } from "./note-params.js";

/** Longest text of a note, in characters. */
const maxTextLength = 3000;
/** Most people that one note may mention, by the role that everybody has. */
const maxMentions = 20;

const errors = {
  noSuchRenoteTarget: ["NO_SUCH_RENOTE_TARGET", "No such renote target.", "b5c90186-4ab0-49c8-9bba-a1f76c282ba4"],
  cannotReRenote: [
    "CANNOT_RENOTE_TO_A_PURE_RENOTE",
    "You can not Renote a pure Renote.",
    "fd4cc33e-2a37-48dd-99cc-9b806eb2031a",
  ],
  cannotRenoteDueToVisibility: [
    "CANNOT_RENOTE_DUE_TO_VISIBILITY",
    "You can not Renote due to target visibility.",
    "be9529e9-fe72-4de0-ae43-0b363c4938af",
  ],
  cannotRenoteOutsideOfChannel: [
    "CANNOT_RENOTE_OUTSIDE_OF_CHANNEL",
    "Cannot renote outside of channel.",
    "33510210-8452-094c-6227-4a6c05d99f00",
  ],
  noSuchReplyTarget: ["NO_SUCH_REPLY_TARGET", "No such reply target.", "749ee0f6-d3da-459a-bf02-282e2da4292c"],
  cannotReplyToPureRenote: [
    "CANNOT_REPLY_TO_A_PURE_RENOTE",
    "You can not reply to a pure Renote.",
    "3ac74a84-8fd5-4bb0-870f-01804f82ce15",
  ],
  cannotReplyToInvisibleNote: [
    "CANNOT_REPLY_TO_AN_INVISIBLE_NOTE",
    "You cannot reply to an invisible Note.",
    "b98980fa-3780-406c-a935-b6d0eeee10d1",
  ],
  cannotWidenSpecified: [
    "CANNOT_REPLY_TO_SPECIFIED_VISIBILITY_NOTE_WITH_EXTENDED_VISIBILITY",
    "You cannot reply to a specified visibility note with extended visibility.",
    "ed940410-535c-4d5e-bfa3-af798671e93c",
  ],
  tooLong: ["MAX_LENGTH", "You tried posting a note which is too long.", "3ac74a84-8fd5-4bb0-870f-01804f82ce16"],
  pollExpired: [
    "CANNOT_CREATE_ALREADY_EXPIRED_POLL",
    "Poll is already expired.",
    "04da457d-b083-4055-9082-955525eda5a5",
  ],
  noSuchChannel: ["NO_SUCH_CHANNEL", "No such channel.", "b1653923-5453-4edc-b786-7c4f39bb0bbb"],
  noSuchFile: ["NO_SUCH_FILE", "Some files are not found.", "b6992544-63e7-67f0-fa7f-32444b1b5306"],
  blocked: ["YOU_HAVE_BEEN_BLOCKED", "You have been blocked by this user.", "b390d7e1-8a5e-46ed-b625-06271cafd3d3"],
  tooManyMentions: [
    "CONTAINS_TOO_MANY_MENTIONS",
    "Cannot post because it exceeds the allowed number of mentions.",
    "4de0363a-3046-481b-9b0f-feff3e211025",
  ],
} as const satisfies Record<string, readonly [code: string, message: string, id: string]>;

function refuse(name: keyof typeof errors): never {
  const [code, message, id] = errors[name];
  throw new ApiError({ code, message, id } satisfies ApiErrorSpec);
}

/** A poll as callers write it. */
export interface PollParams {
  readonly choices: readonly string[];
  readonly multiple?: boolean;
  readonly expiresAt?: number | null;
  readonly expiredAfter?: number | null;
}

interface CreateParams {
  readonly visibility: Visibility;
  readonly visibleUserIds?: readonly string[];
  readonly cw?: string | null;
  readonly localOnly: boolean;
  readonly reactionAcceptance: string | null;
  readonly noExtractMentions: boolean;
  readonly noExtractHashtags: boolean;
  readonly replyId?: string | null;
  readonly renoteId?: string | null;
  readonly channelId?: string | null;
  readonly text?: string | null;
  readonly fileIds?: readonly string[];
  readonly mediaIds?: readonly string[];
  readonly poll?: PollParams | null;
}

const flag = { type: "boolean", default: false } as const;

const params = {
  type: "object",
  properties: {
    visibility: { type: "string", enum: ["public", "home", "followers", "specified"], default: "public" },
    visibleUserIds: idsParam,
    cw: { type: "string", nullable: true, minLength: 1, maxLength: 100 },
    localOnly: flag,
    reactionAcceptance: {
      type: "string",
      nullable: true,
      enum: [null, "likeOnly", "likeOnlyForRemote", "nonSensitiveOnly", "nonSensitiveOnlyForLocalLikeOnlyForRemote"],
      default: null,
    },
    noExtractMentions: flag,
    noExtractHashtags: flag,
    noExtractEmojis: flag,
    replyId: optionalIdParam,
    renoteId: optionalIdParam,
    channelId: optionalIdParam,
    text: { type: "string", minLength: 1, maxLength: maxTextLength, nullable: true },
    fileIds: fileIdsParam,
    mediaIds: fileIdsParam,
    poll: pollParam,
  },
  if: hasNothingElse,
  // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON schema
  then: {
    properties: { text: { type: "string", minLength: 1, maxLength: maxTextLength, pattern: "[^\\s]+" } },
    required: ["text"],
  },
} as const;

/** Files of the caller. */
export function ownFiles(call: Call, wanted: readonly string[]): readonly string[] {
  const { id } = caller(call);
  if (wanted.some((fileId) => call.world.files.get(fileId)?.userId !== id)) refuse("noSuchFile");
  return wanted;
}

/** The note that is replied to or renoted, if there is one for the caller. */
function targetOf(call: Call, noteId: string): Note | undefined {
  const { world } = call;
  const note = world.notes.get(noteId);
  const isHidden = note && world.behaviour.hidesInvisibleTargets && !mayRead(world, note, caller(call).id);
  return isHidden ? undefined : note;
}

/**
 * The failure that 12.x, 13.x and Iceshrimp have where others refuse. Those on Koa reject with a mere text, of which nothing
 * is left in the answer; 13.x with an error, whose words are (all by their sources).
 */
function failOnRenote({ plainText }: ServerBehaviour): never {
  throw plainText ? new ApiError(commonErrors.internal, { e: {} }) : new Error("Renote target is not public or home");
}

/** The note to renote. A note of one channel goes to another place only where its channel lets it. */
export function renoteTarget(call: Call, renoteId: string, channelId: string | null): Note {
  const { world } = call;
  const note = targetOf(call, renoteId) ?? refuse("noSuchRenoteTarget");
  if (isPureRenote(note)) refuse("cannotReRenote");
  if (isBlockedBy(call, note.userId)) refuse("blocked");
  const isOwn = note.userId === caller(call).id;
  if (world.behaviour.failsOnInvisibleRenote) {
    if (!isOwn && !["public", "home"].includes(note.visibility)) failOnRenote(world.behaviour);
  } else if (note.visibility === "specified" || (note.visibility === "followers" && !isOwn))
    refuse("cannotRenoteDueToVisibility");
  if (note.channelId === null || note.channelId === channelId) return note;
  const channel = world.channels.get(note.channelId) ?? refuse("noSuchChannel");
  return channel.allowRenoteToExternal ? note : refuse("cannotRenoteOutsideOfChannel");
}

function replyTarget(call: Call, replyId: string, visibility: Visibility): Note {
  const note = targetOf(call, replyId) ?? refuse("noSuchReplyTarget");
  if (isPureRenote(note)) refuse("cannotReplyToPureRenote");
  if (!mayRead(call.world, note, caller(call).id)) refuse("cannotReplyToInvisibleNote");
  if (note.visibility === "specified" && visibility !== "specified") refuse("cannotWidenSpecified");
  if (!isBlockedBy(call, note.userId)) return note;
  return refuse(call.world.behaviour.hidesNotesOfBlockers ? "cannotReplyToInvisibleNote" : "blocked");
}

/** The poll that was asked for, with no votes yet. */
export function pollOf({ choices, multiple = false, expiresAt, expiredAfter }: PollParams, now: number): Poll {
  const until = expiredAfter ? now + expiredAfter : expiresAt || null;
  if (until !== null && until < now) refuse("pollExpired");
  return { multiple, expiresAt: until, choices: choices.map((text) => ({ text, votes: 0 })) };
}

function channelTarget(call: Call, channelId: string): Channel {
  return call.world.channels.get(channelId) ?? refuse("noSuchChannel");
}

function draftOf(call: Call, wanted: CreateParams): Draft {
  const { world } = call;
  const { visibility, visibleUserIds = [], channelId = null, replyId, renoteId, poll } = wanted;
  return {
    text: wanted.text ?? null,
    cw: wanted.cw ?? null,
    visibility,
    visibleUserIds: visibleUserIds.filter((id) => world.users.has(id)),
    localOnly: wanted.localOnly,
    reactionAcceptance: wanted.reactionAcceptance,
    extractMentions: !wanted.noExtractMentions,
    extractHashtags: !wanted.noExtractHashtags,
    // In the order in which a server checks them: the first refusal is the answer.
    fileIds: ownFiles(call, wanted.fileIds ?? wanted.mediaIds ?? []),
    renote: renoteId == null ? undefined : renoteTarget(call, renoteId, channelId),
    reply: replyId == null ? undefined : replyTarget(call, replyId, visibility),
    poll: poll == null ? null : pollOf(poll, world.now()),
    channel: channelId === null ? undefined : channelTarget(call, channelId),
  };
}

/** Posting a note. */
export const notesCreate: Endpoint<CreateParams> = endpoint<CreateParams>({
  name: "notes/create",
  answers: { createdNote: "Note" },
  access: { credential: true, permission: "write:notes" },
  params,
  prepare({ behaviour }, wanted) {
    if (behaviour.takesEmptyCw && wanted["cw"] === "") wanted["cw"] = null;
    const { text } = wanted;
    if (behaviour.refusesLongText && typeof text === "string" && Array.from(text).length > maxTextLength)
      refuse("tooLong");
  },
  handle(call, wanted) {
    const { world } = call;
    const author = caller(call);
    const note = postOnce(world, author, wanted, () => {
      const draft = draftOf(call, wanted);
      if (countMentions(world, author, draft) > maxMentions) refuse("tooManyMentions");
      return postNote(world, author, draft);
    });
    return { createdNote: packNote(world, note, author.id) };
  },
});
