// The command context over a real process: the only file that touches its streams, env and clock.
import type { CommandContext } from "../commands/command.js";
import { guarded, guardedJson, printableLines } from "../printable.js";
import { asCalledHere, ownName } from "./own-name.js";
import { wantsColour } from "../terminal/index.js";

/** What the program needs of Node's `process`; tests pass a stand-in. */
export interface ProcessPort {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly stdout: NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean };
  exitCode?: number | string | null | undefined;
  cwd(): string;
  /** Ends at once, for what can't end by itself any more. */
  exit(code: number): void;
  on(event: string, listener: (value?: unknown) => void): unknown;
  off(event: string, listener: (value?: unknown) => void): unknown;
}

/** A reader that went away (`… | head`) is not an error: the write is dropped. */
function ignoreClosedPipe(stream: NodeJS.WritableStream): void {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}

/** The context for one run. `signal` is aborted by the caller. */
export function createContext(port: ProcessPort, args: readonly string[], signal: AbortSignal): CommandContext {
  ignoreClosedPipe(port.stdout);
  ignoreClosedPipe(port.stderr);
  const json = args.includes("--json");
  const colour = { result: wantsColour(port.stdout, port.env), note: wantsColour(port.stderr, port.env) };
  // Whatever a command forgot to make safe, no escape and nothing invisible gets past this place.
  const safe = (text: string, coloured: boolean): string =>
    json ? guardedJson(text) : coloured ? guarded(text) : printableLines(text);
  let own: string | undefined;
  const name = (): string => (own ??= ownName(port.env));
  return {
    result: (text) => void port.stdout.write(`${safe(text, colour.result)}\n`),
    note: (text) => void port.stderr.write(`${safe(asCalledHere(text, name()), colour.note)}\n`),
    get program() {
      return name();
    },
    asCalledHere: (text) => asCalledHere(text, name()),
    stdin: port.stdin,
    interactive: !json && port.stdin.isTTY === true && port.stderr.isTTY === true,
    terminal: port.stderr,
    colour,
    columns: port.stdout.isTTY === true ? port.stdout.columns : undefined,
    json,
    quiet: args.includes("--quiet"),
    env: port.env,
    cwd: port.cwd(),
    signal,
    now: () => Date.now(),
    random: () => Math.random(),
  };
}
