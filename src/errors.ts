// The one hierarchy of errors that a user may see. Everything else that is thrown is a bug of ours.

/**
 * What kind of end a run came to. `cli/exit-codes.ts` turns it into the exit code; nothing else does.
 *
 * - `done`: did what was asked, and what was tested conforms
 * - `fell-short`: it ran, and what was tested did not conform (findings, a refused delivery)
 * - `usage`: the call or its input can't be used
 * - `unreachable`: the other side could not be reached, or not in time
 * - `refused`: the instance said no
 * - `local`: trouble on this machine (port taken, file not writable)
 * - `bug`: a fault of ours
 * - `interrupted`: the user ended it with Ctrl-C
 */
export type Outcome = "done" | "fell-short" | "usage" | "unreachable" | "refused" | "local" | "bug" | "interrupted";

/** What an error knows besides its message. */
export interface ErrorDetails {
  /** What to do next: a command to run or a thing to change, as a sentence. */
  readonly hint?: string | undefined;
  /** The error that led to this one; shown under `--debug` only. */
  readonly cause?: unknown;
}

/** Base of all errors with a message for the user. Its `code` is stable: scripts may compare it. */
export abstract class MisskeyHooksError extends Error {
  /** The kind of end this error brings the run to. */
  abstract readonly outcome: Outcome;
  /** Stable, kebab-case, unique over the project, e.g. `port-in-use`. */
  readonly code: string;
  readonly hint: string | undefined;

  constructor(code: string, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = new.target.name;
    this.code = code;
    this.hint = details.hint;
  }
}

/** The call can't be used as it is: an unknown option value, a missing argument, input that can't be read. */
export class UsageError extends MisskeyHooksError {
  readonly outcome = "usage";
}

/** The other side (a receiver, an instance) could not be reached or did not answer in time. */
export class UnreachableError extends MisskeyHooksError {
  readonly outcome = "unreachable";
}

/** The instance understood and said no. */
export class RefusedError extends MisskeyHooksError {
  readonly outcome = "refused";
}

/** Trouble on this machine: a taken port, a file that can't be written. */
export class LocalError extends MisskeyHooksError {
  readonly outcome = "local";
}

/** The user ended it with Ctrl-C, in a question or while we waited for an answer. */
export class InterruptedError extends MisskeyHooksError {
  readonly outcome = "interrupted";

  constructor(cause?: unknown) {
    super("interrupted", "Interrupted.", { cause });
  }
}
