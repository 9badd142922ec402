// One at a time: what reads a file, changes it and writes it back holds its lock meanwhile, a folder beside it. The lock
// of a killed run is taken over after some seconds.
import { LocalError } from "../errors.js";

/** A lock that gave no sign of life for this long belongs to a run that is gone. */
const staleMs = 5000;
/** Long enough for such a lock to be taken over, and for a queue of others. */
const patience = { retries: 60, factor: 1.2, minTimeout: 20, maxTimeout: 400, randomize: true };

/**
 * Does the work while nobody else does theirs with the same file. The file's folder must be there, the file need not.
 * @throws LocalError `config-busy` when it is locked for longer than any such work takes; a plain system error when the
 *   lock can't be made
 */
export async function withFileLock<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  const { lock } = await import("proper-lockfile");
  // Taken from us means that this process slept for seconds: the work, a few milliseconds, goes on all the same.
  const options = { realpath: false, stale: staleMs, retries: patience, onCompromised: () => {} };
  const release = await lock(path, options).catch((error: NodeJS.ErrnoException) => {
    throw error.code === "ELOCKED" ? busy(path) : error;
  });
  try {
    return await work();
  } finally {
    await release().catch(() => {});
  }
}

function busy(path: string): LocalError {
  return new LocalError("config-busy", { path });
}
