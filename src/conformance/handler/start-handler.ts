// --start: runs the handler for the time of the checks, in a process group of its own, and leaves none of it behind.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { LocalError } from "../../errors.js";
import type { Network } from "../../network/index.js";
import { durationInWords } from "../../reporters/index.js";
import { httpProbe } from "../probe/http-probe.js";

export interface StartOptions {
  /** Given to the shell. */
  readonly command: string;
  /** Asked with GET until it answers anything. */
  readonly waitOn: URL;
  /** Until it must answer. */
  readonly withinMs: number;
  /** The way to `waitOn`. */
  readonly network?: Network | undefined;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal | undefined;
}

export interface StartedHandler {
  /** Starts it again once it has ended; false when it doesn't come up. */
  readonly restart: () => Promise<boolean>;
  /** Ends it and all it started: SIGTERM, two seconds later SIGKILL. */
  readonly stop: () => Promise<void>;
}

const keptLines = 20;
const graceMs = 1500;

/** Signals the whole group: the shell, npm, and what they started. */
function signalGroup(child: ChildProcess, signal: NodeJS.Signals | 0): boolean {
  try {
    return child.pid === undefined ? false : process.kill(-child.pid, signal);
  } catch {
    return false; // nobody left
  }
}

async function endGroup(child: ChildProcess): Promise<void> {
  if (!signalGroup(child, "SIGTERM")) return;
  for (let waitedMs = 0; waitedMs < graceMs; waitedMs += 25) {
    if (!signalGroup(child, 0)) return;
    await delay(25);
  }
  signalGroup(child, "SIGKILL");
}

/** Waits for the end of its output, but not for what it left running and holds the pipes open. */
async function allRead({ stdout, stderr }: ChildProcess): Promise<void> {
  const ends = [stdout, stderr].map(async (stream) => {
    if (stream?.readableEnded === false) await once(stream, "close");
  });
  await Promise.race([Promise.all(ends), delay(graceMs)]);
}

interface Running {
  readonly child: ChildProcess;
  readonly output: string[];
  readonly exited: Promise<unknown>;
}

function launch({ command, cwd, env }: StartOptions): Running {
  const child = spawn(command, { shell: true, detached: true, cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  const output: string[] = [];
  const keep = (chunk: Buffer): void => {
    output.push(...chunk.toString("utf8").split("\n").filter(Boolean));
    output.splice(0, output.length - keptLines);
  };
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  const exited = once(child, "exit").catch(() => {});
  return { child, output, exited };
}

async function answers({ waitOn, withinMs, network, signal }: StartOptions, running: Running): Promise<boolean> {
  const probe = httpProbe(waitOn, { network, signal });
  let isOver = false;
  void running.exited.then(() => (isOver = true));
  const until = performance.now() + withinMs;
  for (;;) {
    const asked = probe({ method: "GET", headers: [], body: new Uint8Array() }, { answerMs: 2000, bodyMs: 100 });
    const answer = await Promise.race([asked, running.exited.then(() => undefined)]);
    // What answers when the command has ended is another program.
    if (answer !== undefined && answer.status !== null && !isOver) return true;
    if (isOver || signal?.aborted === true || performance.now() > until) return false;
    await Promise.race([delay(100), running.exited]);
  }
}

/**
 * Starts a handler and waits until it answers.
 * @throws LocalError `handler-did-not-start`, with the last lines it wrote
 */
export async function startHandler(options: StartOptions): Promise<StartedHandler> {
  let running = launch(options);
  if (!(await answers(options, running))) {
    const { exitCode, signalCode } = running.child;
    await endGroup(running.child);
    await allRead(running.child);
    const { command, waitOn, withinMs } = options;
    const about = { command, url: waitOn.href, within: durationInWords(withinMs), output: [...running.output] };
    throw new LocalError("handler-did-not-start", { ...about, exitCode, signal: signalCode });
  }
  return {
    restart: async () => {
      await endGroup(running.child);
      running = launch(options);
      return answers(options, running);
    },
    stop: () => endGroup(running.child),
  };
}
