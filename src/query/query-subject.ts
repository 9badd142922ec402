// What an expression can ask about: one delivery, and what is known of it.

/** A delivery as an expression sees it. Unknown and absent are undefined, which equals nothing. */
export interface QuerySubject {
  /** The event's type as sent. */
  readonly event?: unknown;
  readonly eventId?: unknown;
  readonly hookId?: unknown;
  /** The HTTP status that was answered. */
  readonly status?: unknown;
  /** Accepted, expected, and without findings of severity error. */
  readonly ok?: unknown;
  readonly dialect?: unknown;
  /** Bytes of the body. */
  readonly bytes?: unknown;
  readonly redelivery?: unknown;
  /** Codes of what was found, as a list: `"missing-key" in findings`. */
  readonly findings?: unknown;
  /** Why it was refused, in words. */
  readonly reason?: unknown;
  readonly method?: unknown;
  readonly path?: unknown;
  /** `endpoint`, `stream` or `borrowed`. */
  readonly source?: unknown;
  /** By lower-case name: `'headers.x-misskey-host'`. */
  readonly headers?: unknown;
  /** The server that sent it, as the envelope has it. */
  readonly server?: unknown;
  readonly userId?: unknown;
  /** What the event is about: `body.note.visibility`. Where there is no envelope, the whole payload. */
  readonly body?: unknown;
}

/** The names that an expression may begin a path with. */
export const queryFields: readonly (keyof QuerySubject)[] = [
  "event",
  "eventId",
  "hookId",
  "status",
  "ok",
  "dialect",
  "bytes",
  "redelivery",
  "findings",
  "reason",
  "method",
  "path",
  "source",
  "headers",
  "server",
  "userId",
  "body",
];
