// How an error is shown: what happened, and what to do next. One object with --json, two lines otherwise.
import { MisskeyHooksError, type Outcome } from "../errors.js";
import { printable, printableLines } from "../printable.js";

/** How the error should look. */
export interface ErrorView {
  readonly json: boolean;
  /** Show causes and stacks. */
  readonly debug: boolean;
}

function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return printable(String(error));
  // The first lines of a stack are the message, which may be a stranger's; only where it comes from is taken of it.
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  const own = [printable(`${error.name}: ${error.message}`), ...frames].join("\n");
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
    : `This is a bug in misskey-hooks: ${printable(error instanceof Error ? error.message : String(error))}`;
  const hint = known ? error.hint : "Please report it with the command you ran; --debug shows where it happened.";
  if (view.json) {
    const stack = view.debug ? { stack: stackOf(error) } : {};
    return JSON.stringify({ error: { code, message, ...(hint === undefined ? {} : { hint }), ...stack } });
  }
  const lines = [`error: ${printableLines(message)}`];
  if (hint !== undefined) lines.push(`  ${printableLines(hint)}`);
  if (view.debug) lines.push("", printableLines(stackOf(error)));
  return lines.join("\n");
}
