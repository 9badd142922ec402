// The state file: everything that the instance remembers, and the deliveries that aren't finished. It holds tokens and
// secrets, so only its owner may read it; it is replaced as a whole, so that a crash leaves the old one or the new one.
import { readFile } from "node:fs/promises";
import { LocalError, UsageError } from "../../errors.js";
import { type FileLock, holdFile, putAside, removeDrafts, replaceFile } from "../../files/index.js";
import type { Job } from "../queue/job.js";
import { emptyRecords, type Records } from "../world/world.js";
import { formatName, formatVersion, parseState, type StoredState } from "./state-schema.js";

/** What is kept. */
export interface State {
  /** What the sandbox behaved as, e.g. `misskey@2025.4`. */
  readonly dialect: string;
  readonly records: Records;
  readonly jobs: readonly Job[];
}

function revive({ records }: StoredState): Records {
  const entries = Object.keys(emptyRecords()).map((name) => [name, new Map(records[name as keyof Records] ?? [])]);
  return Object.fromEntries(entries) as Records;
}

/**
 * Reads the state; undefined when there is no file yet.
 * @param now milliseconds since the epoch
 * @throws LocalError `corrupt-state` (the file is kept under another name), `unreadable-state`
 * @throws UsageError `state-of-another-dialect`
 */
export async function readState(path: string, dialect: string, now: number): Promise<State | undefined> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new LocalError("unreadable-state", `The state file ${path} can't be read.`, { cause });
  }
  const stored = parseState(text);
  if (stored === undefined) {
    const aside = await putAside(path, now).catch(() => undefined);
    throw new LocalError("corrupt-state", `${path} is no state of a sandbox, or a broken one.`, {
      hint:
        aside === undefined
          ? "It couldn't be put aside. Name another file."
          : `It is kept as ${aside}. Run the same command again to start with an empty state.`,
    });
  }
  if (stored.dialect !== dialect) {
    throw new UsageError("state-of-another-dialect", `The state in ${path} is that of ${stored.dialect}.`, {
      hint: `Use --as ${stored.dialect}, or another file.`,
    });
  }
  return { dialect, records: revive(stored), jobs: stored.jobs };
}

/**
 * Takes the file for this sandbox, until `release`, and clears what killed ones left.
 * @throws LocalError `state-in-use`, `state-not-writable`
 */
export async function holdState(path: string): Promise<FileLock> {
  const lock = await holdFile(path).catch((cause: unknown) => {
    throw notWritable(path, cause);
  });
  if (lock === undefined) {
    throw new LocalError("state-in-use", `Another sandbox is running with the state file ${path}.`, {
      hint: `Stop it, or name another file. If none is running, delete ${path}.lock`,
    });
  }
  await removeDrafts(path);
  return lock;
}

/**
 * Replaces the file.
 * @throws LocalError `state-not-writable`
 */
export async function writeState(path: string, { dialect, records, jobs }: State): Promise<void> {
  const names = Object.keys(emptyRecords()) as (keyof Records)[];
  const lists = Object.fromEntries(names.map((name) => [name, [...records[name]]]));
  const text = JSON.stringify({ format: formatName, version: formatVersion, dialect, records: lists, jobs });
  try {
    await replaceFile(path, text, { mode: 0o600 });
  } catch (cause) {
    throw notWritable(path, cause);
  }
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: "this user may not",
  EDQUOT: "this user has no room left on the disk",
  EFBIG: "it would be larger than files may be here",
  ENOENT: "there is no such folder",
  ENOSPC: "the disk is full",
  EPERM: "this user may not",
  EROFS: "the file system is read-only",
};

function notWritable(path: string, cause: unknown): LocalError {
  const { code = "", message } = cause as NodeJS.ErrnoException;
  return new LocalError("state-not-writable", `The state file ${path} can't be written: ${reasons[code] ?? message}.`, {
    hint: "Name a file in a folder that you may write to, with --state.",
    cause,
  });
}
