// The one hierarchy of errors that a user may see. Everything else that is thrown is a bug of ours. An error is a fact,
// a code and its parameters; the sentences are in reporters/messages/, and only their types are known here.
import type { Messages } from "./reporters/messages/en.js";
import type { Fact } from "./reporters/messages/fact.js";
import type { Words } from "./reporters/messages/words.js";

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

/** Every code that has words. */
export type ErrorCode = keyof Messages["errors"];

/** What the words of a code need to know. */
export type ErrorParams<Code extends ErrorCode> = Parameters<Messages["errors"][Code]>[0];

/** What an error knows besides its code and parameters. */
export interface ErrorDetails {
  /** The error that led to this one; shown under `--debug` only. */
  readonly cause?: unknown;
  /** The code it is known by, where somebody else names it (an instance's own error code). Default: the first one. */
  readonly knownAs?: string;
}

/** A code with its parameters; a code whose words need none may stand alone. */
type ErrorFacts = {
  [Code in ErrorCode]: ErrorParams<Code> extends undefined
    ? [code: Code, params?: undefined, details?: ErrorDetails]
    : [code: Code, params: ErrorParams<Code>, details?: ErrorDetails];
}[ErrorCode];

export type { Fact };

/** Puts a fact into words. */
export type ErrorWords = (code: string, params: Readonly<Record<string, unknown>>) => Words;

let inWords: ErrorWords | undefined;

/** From now on errors speak with these words. Without any their message is the code with its parameters. */
export function useWords(words: ErrorWords): void {
  inWords = words;
}

function inCode(code: string, params: Readonly<Record<string, unknown>>): Words {
  return {
    message: [code, ...Object.entries(params).map(([key, value]) => `${key}=${JSON.stringify(value)}`)].join(" "),
  };
}

/** Base of all errors with a message for the user. Its `code` is stable: scripts may compare it. */
export abstract class MisskeyHooksError extends Error {
  /** The kind of end this error brings the run to. */
  abstract readonly outcome: Outcome;
  /** Stable, kebab-case, unique over the project, e.g. `port-in-use`. */
  readonly code: string;
  /** What it is about, by name. Never a secret. */
  readonly params: Readonly<Record<string, unknown>>;
  readonly #wordsOf: string;

  constructor(code: string, params: object = {}, { cause, knownAs = code }: ErrorDetails = {}) {
    super(undefined, cause === undefined ? undefined : { cause });
    this.name = new.target.name;
    this.code = knownAs;
    this.params = { ...params };
    this.#wordsOf = code;
    // Again, because the first line of the stack is the message, which couldn't be told before.
    Error.captureStackTrace?.(this, new.target);
  }

  /** What its words are found by; its code differs from `code` where somebody else named that. */
  get fact(): Fact {
    return { code: this.#wordsOf, params: this.params };
  }

  /** What happened, and why. */
  override get message(): string {
    return this.#words.message;
  }

  /** What to do next: a command to run or a thing to change, as a sentence. */
  get hint(): string | undefined {
    return this.#words.hint;
  }

  get #words(): Words {
    return inWords?.(this.#wordsOf, this.params) ?? inCode(this.#wordsOf, this.params);
  }
}

/** An error whose code has words, and whose parameters are what they need. */
abstract class KnownError extends MisskeyHooksError {
  constructor(...facts: ErrorFacts) {
    const [code, params, details] = facts;
    super(code, params, details);
  }
}

/** The call can't be used as it is: an unknown option value, a missing argument, input that can't be read. */
export class UsageError extends KnownError {
  readonly outcome = "usage";
}

/** The other side (a receiver, an instance) could not be reached or did not answer in time. */
export class UnreachableError extends KnownError {
  readonly outcome = "unreachable";
}

/** The instance understood and said no. */
export class RefusedError extends KnownError {
  readonly outcome = "refused";
}

/** Trouble on this machine: a taken port, a file that can't be written. */
export class LocalError extends KnownError {
  readonly outcome = "local";
}

/** The user ended it with Ctrl-C, in a question or while we waited for an answer. */
export class InterruptedError extends MisskeyHooksError {
  readonly outcome = "interrupted";

  constructor(cause?: unknown) {
    super("interrupted", {}, { cause });
  }
}
