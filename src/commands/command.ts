// The port between commands and the program: what a command is given, and what it gives back.
// `cli/` implements it from the real process; tests implement it from memory.
import type { Command as CommanderCommand } from "@commander-js/extra-typings";
import type { Outcome } from "../errors.js";

export type Command = CommanderCommand;

/** Everything that a command may know of the world it runs in. */
export interface CommandContext {
  /** Where results go: one line or block per call, a newline is added. */
  result(text: string): void;
  /**
   * Where everything that isn't a result goes: progress, notes, warnings. A newline is added, and calls of ours in it
   * (`misskey-hooks send …`) are shown as they work where the user is.
   */
  note(text: string): void;
  /** How this program is called where the user is: `misskey-hooks`, or `npx misskey-hooks`. */
  readonly program: string;
  /** The text with every call of ours in it as it works where the user is; notes are so by themselves. */
  asCalledHere(text: string): string;
  /** Standard input. */
  readonly stdin: NodeJS.ReadableStream;
  /** True when stdin and stderr are terminals, so that asking makes sense. Never true with `--json`. */
  readonly interactive: boolean;
  /** Where questions are drawn: standard error, so that stdout carries results alone. For `createPrompter()`. */
  readonly terminal: NodeJS.WritableStream;
  /** Whether results and notes may be coloured. For `createTheme()`. */
  readonly colour: { readonly result: boolean; readonly note: boolean };
  /** Of the terminal that results go to; undefined where they go elsewhere. */
  readonly columns: number | undefined;
  /** True when `--json` was given: results are JSON, one value a line. */
  readonly json: boolean;
  /** True when `--quiet` was given. */
  readonly quiet: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Aborted on Ctrl-C and SIGTERM; long-running commands end within 2 s of it. */
  readonly signal: AbortSignal;
  /** Milliseconds since the epoch. */
  now(): number;
  /** A number in [0, 1). */
  random(): number;
}

/** A command's work: reads its options, calls one room, reports, and says how it ended. */
export type Run<Args extends unknown[]> = (...args: Args) => Promise<Outcome>;

/** Adapts a command's work to a commander action; the program takes the outcome from there. */
export type Action = <Args extends unknown[]>(run: Run<Args>) => (...args: Args) => Promise<void>;

/** What each command file exports as `define`: declares arguments, options, examples and the action. */
export type DefineCommand = (command: Command, context: CommandContext, action: Action) => void;

/** One entry of the command tree: enough for `--help`, with the code behind an import. */
export interface CommandEntry {
  readonly name: string;
  /** One line, no full stop. */
  readonly summary: string;
  /** A leaf loads its file; a branch has children. */
  readonly load?: () => Promise<{ readonly define: DefineCommand }>;
  readonly children?: readonly CommandEntry[];
}
