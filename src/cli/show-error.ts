// How an error is shown: what happened, and what to do next. One object with --json, two lines otherwise.
import { MisskeyHooksError, type Outcome } from "../errors.js";
import { printable } from "../terminal/index.js";

/** How the error should look. */
export interface ErrorView {
  readonly json: boolean;
  /** Show causes and stacks. */
  readonly debug: boolean;
}

function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const own = error.stack ?? `${error.name}: ${error.message}`;
  return error.cause === undefined ? own : `${own}\ncaused by: ${stackOf(error.cause)}`;
}

/** The outcome that an error brings a run to. Whatever isn't one of ours is a bug. */
export function outcomeOf(error: unknown): Outcome {
  return error instanceof MisskeyHooksError ? error.outcome : "bug";
}

/** The text for standard error, safe to print. Only now the words are loaded: most runs need none. */
export async function formatError(error: unknown, view: ErrorView): Promise<string> {
  const { loadWords } = await import("../reporters/messages/index.js");
  await loadWords();
  const known = error instanceof MisskeyHooksError;
  const code = known ? error.code : "internal-error";
  const message = known
    ? error.message
    : `This is a bug in misskey-hooks: ${error instanceof Error ? error.message : String(error)}`;
  const hint = known ? error.hint : "Please report it with the command you ran; --debug shows where it happened.";
  if (view.json) {
    const stack = view.debug ? { stack: stackOf(error) } : {};
    return JSON.stringify({ error: { code, message, ...(hint === undefined ? {} : { hint }), ...stack } });
  }
  const lines = [`error: ${printable(message)}`];
  if (hint !== undefined) lines.push(`  ${printable(hint)}`);
  if (view.debug) lines.push("", printable(stackOf(error)));
  return lines.join("\n");
}
