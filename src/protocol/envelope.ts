// The envelope around an event: its keys in the order that a dialect sends them.
import type { Dialect } from "./dialect.js";
import { findEvent } from "./events.js";
import { findEventOf } from "./events-of-dialect.js";

/** What goes into an envelope; a dialect leaves out what it doesn't send. */
export interface EnvelopeValues {
  /** Origin of the sending server without a trailing slash, e.g. `https://misskey.example`. */
  readonly server: string;
  readonly hookId: string;
  /** The hook's owner; left out for system events. */
  readonly userId: string;
  /** UUIDv4, the same on every attempt: the idempotency key. */
  readonly eventId: string;
  /** Milliseconds since the epoch at which the event was queued. */
  readonly createdAt: number;
  readonly type: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/**
 * The body of a delivery, keys in wire order. Misskey since 2023.9.0 sends seven keys, earlier versions and
 * Firefish's relatives six (no `server`), 12.109 a flat `{type, note}` or `{type, user}`; system events have no `userId`.
 */
export function buildEnvelope(dialect: Dialect, values: EnvelopeValues): Record<string, unknown> {
  if (dialect.envelope === "flat") return { type: values.type, ...values.body };
  const isSystem = (findEventOf(dialect, values.type) ?? findEvent(values.type))?.scope === "system";
  const keys = dialect.envelope.filter((key) => !(isSystem && key === "userId"));
  return Object.fromEntries(keys.map((key) => [key, values[key]]));
}
