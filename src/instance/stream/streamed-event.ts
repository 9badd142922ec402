// From what a stream says to what a webhook would have said. Seen on Misskey 2026.3.2: the channel's body equals the
// webhook's `note` or `user` exactly; everything around it has to be made up.
import { buildEnvelope, type Dialect, eventsOf, findEvent } from "../../protocol/index.js";

/** An event that a hook of the same account would hear of. */
export interface StreamedEvent {
  /** As hooks call it. */
  readonly type: string;
  /** The note or the user. */
  readonly payload: unknown;
}

/** What `main` tells of. The account's own notes come on `homeTimeline`; `edited` is Sharkey's. */
export const mainEvents: readonly string[] = [...eventsOf("misskey"), ...eventsOf("sharkey")]
  .filter(({ scope, sent, name }) => scope === "user" && sent && name !== "note")
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

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/**
 * A home timeline adds to a renote how the reader reacted to the renoted note (Misskey 2023.9 and later); webhooks are
 * packed for nobody in particular and don't have it.
 */
function asWebhooksHaveIt({ type, payload }: StreamedEvent): unknown {
  if (type !== "note" || !isRecord(payload) || !isRecord(payload["renote"])) return payload;
  const { myReaction: _myReaction, ...renote } = payload["renote"];
  return { ...payload, renote };
}

/** The body that the webhook of the event has in that dialect. */
export function envelopeOf(event: StreamedEvent, dialect: Dialect, madeUp: MadeUp): Record<string, unknown> {
  const key = findEvent(event.type)?.body === "note" ? "note" : "user";
  const body = { [key]: asWebhooksHaveIt(event) };
  return buildEnvelope(dialect, { ...madeUp, hookId: streamHookId, type: event.type, body });
}
