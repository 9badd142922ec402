// One delivery that is under way or waiting for its next attempt: plain data, so that a state file can keep it.

/** Everything about it is settled when the event happens: later edits of the hook change nothing. */
export interface Job {
  /** The event's id with the hook's, so unique per delivery. */
  readonly id: string;
  readonly scope: "user" | "system";
  readonly hookId: string;
  readonly type: string;
  readonly eventId: string;
  readonly url: string;
  readonly secret: string;
  /** The exact text of the body. */
  readonly body: string;
  /** A test delivery: one attempt, whatever comes of it. */
  readonly once: boolean;
  /** Attempts made so far. */
  attempts: number;
  /** When the next attempt is due, in milliseconds since the epoch. */
  dueAt: number;
  /** What the last attempt came to: a status, null for no response, undefined before the first. */
  lastStatus?: number | null;
}
