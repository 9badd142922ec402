// From what a stream says to what a webhook would have said. Seen on Misskey 2026.3.2: the channel's body equals the
// webhook's `note` or `user` exactly; everything around it has to be made up.
import {
  buildEnvelope,
  type Dialect,
  dialects,
  eventsOf,
  findEvent,
  isObject,
  noteForVisitors,
} from "../../protocol/index.js";

/** An event that a hook of the same account would hear of. */
export interface StreamedEvent {
  /** As streams call it. */
  readonly type: string;
  /** The note or the user. */
  readonly payload: unknown;
}

/** What `main` tells of. The account's own notes come on `homeTimeline`; `edited` is Sharkey's. */
export const mainEvents: readonly string[] = dialects
  .filter(({ evidence }) => evidence === "recorded")
  .flatMap((dialect) => eventsOf(dialect))
  .filter(({ scope, body, sent, name }) => scope === "user" && sent && name !== "note" && body !== "reportResolution")
  .map(({ name }) => name)
  .filter((name, index, names) => names.indexOf(name) === index);

/** The hook id of every envelope that was made from a stream: there is no hook. */
export const streamHookId = "from-stream";

/** What a stream doesn't say, and an envelope does. */
export interface MadeUp {
  /** The instance's origin. */
  readonly server: string;
  /** Of the account. */
  readonly userId: string;
  /** A new UUIDv4 for each event. */
  readonly eventId: string;
  /** When it was heard, milliseconds since the epoch. */
  readonly createdAt: number;
}

/** What a note has only where it isn't nested as a reply's target. */
const details: ReadonlySet<string> = new Set(["clippedCount", "reply", "renote", "poll", "myReaction"]);

/**
 * A home timeline packs for its reader, and webhooks for nobody in particular: it adds to a renote how the reader
 * reacted to the renoted note (Misskey 2023.9 and later), and to what is replied to its details (12.119.2, 13.14.2).
 */
function withoutReader(note: Record<string, unknown>): Record<string, unknown> {
  const { reply, renote } = note;
  const bare = isObject(reply) ? Object.entries(reply).filter(([key]) => !details.has(key)) : undefined;
  const unread = isObject(renote) ? Object.entries(renote).filter(([key]) => key !== "myReaction") : undefined;
  return {
    ...note,
    ...(bare ? { reply: Object.fromEntries(bare) } : {}),
    ...(unread ? { renote: Object.fromEntries(unread) } : {}),
  };
}

/** Up to 2023.9 webhooks hide notes that aren't public even from their author, and streams don't (seen on 13.14.2). */
function asWebhooksHaveIt({ type, payload }: StreamedEvent, dialect: Dialect): unknown {
  if (findEvent(type)?.body !== "note" || !isObject(payload) || type === "mention") return payload;
  const packed = type === "note" ? withoutReader(payload) : payload;
  return dialect.hidesNonPublicNotes ? noteForVisitors(packed) : packed;
}

/** What hooks call an event of the stream: an edited reply is a `reply` to those of Sharkey 2025. */
export function hookEventOf({ type }: StreamedEvent, dialect: Dialect): string {
  return type === "edited" && dialect.api.editsComeAsReplies ? "reply" : type;
}

/** The body that the webhook of the event has in that dialect. */
export function envelopeOf(event: StreamedEvent, dialect: Dialect, madeUp: MadeUp): Record<string, unknown> {
  const key = findEvent(event.type)?.body === "note" ? "note" : "user";
  const body = { [key]: asWebhooksHaveIt(event, dialect) };
  return buildEnvelope(dialect, { ...madeUp, hookId: streamHookId, type: hookEventOf(event, dialect), body });
}
