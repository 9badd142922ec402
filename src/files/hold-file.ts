// A file that one run has for itself as long as it lives. The lock of a run that is gone is taken over: at once when that
// ran on this machine, else when it gave no sign of life for some seconds.
import { readFile, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { isRunning } from "./is-running.js";

/** A lock that is held. */
export interface FileLock {
  /** Gives it back; never throws. */
  readonly release: () => Promise<void>;
}

/** Who holds a lock. */
interface Holder {
  readonly pid: number;
  readonly machine: string;
}

/** A lock without a sign of life for this long belongs to a run that is gone. */
const staleMs = 10_000;

/**
 * Takes the file for this run; the file itself need not be there, its folder must.
 * @returns undefined when another run has it
 * @throws a plain system error when the lock can't be made
 */
export async function holdFile(path: string): Promise<FileLock | undefined> {
  const { lock } = await import("proper-lockfile");
  const holderFile = `${path}.lock-holder`;
  const options = { realpath: false, stale: staleMs, onCompromised: () => {} };
  const take = (): Promise<(() => Promise<void>) | undefined> =>
    lock(path, options).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ELOCKED") return undefined;
      throw error;
    });
  let giveBack = await take();
  if (giveBack === undefined && (await isGone(holderFile))) {
    await rm(`${path}.lock`, { recursive: true, force: true });
    giveBack = await take();
  }
  if (giveBack === undefined) return undefined;
  await writeFile(holderFile, JSON.stringify({ pid: process.pid, machine: hostname() } satisfies Holder));
  return {
    release: async () => {
      await rm(holderFile, { force: true }).catch(() => {});
      await giveBack().catch(() => {});
    },
  };
}

/** Whether the holder ran on this machine, and doesn't any more. */
async function isGone(holderFile: string): Promise<boolean> {
  try {
    const { pid, machine } = JSON.parse(await readFile(holderFile, "utf8")) as Partial<Holder>;
    return machine === hostname() && typeof pid === "number" && !isRunning(pid);
  } catch {
    return false;
  }
}
