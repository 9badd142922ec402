// One run of the program in this process, on streams in memory.
import { EventEmitter } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { stripVTControlCharacters } from "node:util";
import { main } from "../../src/cli/main.js";

/** What a person types: `[when this is on the screen, these keys]`, in order. */
export type Dialogue = readonly (readonly [sees: string, types: string])[];

/** The world of a run. */
export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** What comes on standard input, when it is no terminal. */
  readonly stdin?: string;
  /** Given, the run has a terminal with a person at it. */
  readonly dialogue?: Dialogue;
  /** Called with each line of standard output. */
  readonly onStdout?: (line: string) => void;
  /** Called once the program listens for signals, with a way to send one. */
  readonly onStart?: (signal: (name: "SIGINT" | "SIGTERM") => void) => void;
}

/** How a run ended. With a terminal, the texts are without colours and cursor movements. */
export interface RunResult {
  readonly exitCode: number | string | null | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `misskey-hooks <args…>`. */
export async function runCli(args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  const { env = {}, cwd = tmpdir(), dialogue } = options;
  const interactive = dialogue !== undefined;
  const stdin = Object.assign(new PassThrough(), { isTTY: interactive });
  const stdout = Object.assign(new PassThrough(), { isTTY: false });
  // `_isStdio` is how Node marks what nobody may end by piping into it.
  const stderr = Object.assign(new PassThrough(), { isTTY: interactive, _isStdio: true });
  const written = { stdout: "", stderr: "" };
  const lines = [...(dialogue ?? [])];
  let seenUpTo = 0;
  stdout.on("data", (chunk: Buffer) => {
    written.stdout += chunk.toString();
    // What the program prints, it prints in whole lines.
    for (const line of chunk.toString().trimEnd().split("\n")) options.onStdout?.(line);
  });
  stderr.on("data", (chunk: Buffer) => {
    written.stderr += chunk.toString();
    const [sees, types] = lines[0] ?? [];
    if (sees === undefined || types === undefined || !written.stderr.slice(seenUpTo).includes(sees)) return;
    lines.shift();
    seenUpTo = written.stderr.length;
    // A prompt listens from the turn after its first drawing.
    setImmediate(() => setImmediate(() => stdin.write(types)));
  });
  if (!interactive) stdin.end(options.stdin ?? "");

  const signals = new EventEmitter();
  // Nobody signed in and nothing kept, unless a test says so.
  const nobody = {
    MISSKEY_HOOKS_NO_CAPTURE: "1",
    MISSKEY_HOOKS_CONFIG_DIR: join(tmpdir(), "misskey-hooks-nobody-signed-in"),
  };
  const port = {
    argv: ["node", "misskey-hooks", ...args],
    env: { ...nobody, ...env },
    stdin,
    stdout,
    stderr,
    exitCode: undefined as number | string | null | undefined,
    cwd: () => cwd,
    exit: (code: number) => void (port.exitCode = code),
    on: (event: string, listener: (value?: unknown) => void) => signals.on(event, listener),
    off: (event: string, listener: (value?: unknown) => void) => signals.off(event, listener),
  };
  const ended = main(port);
  options.onStart?.((name) => signals.emit(name, name));
  await ended;
  return {
    exitCode: port.exitCode,
    stdout: written.stdout,
    stderr: interactive ? stripVTControlCharacters(written.stderr) : written.stderr,
  };
}
