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
    throw new LocalError("unreadable-state", { path }, { cause });
  }
  const stored = parseState(text);
  if (stored === undefined) {
    const aside = await putAside(path, now).catch(() => undefined);
    throw new LocalError("corrupt-state", { path, aside });
  }
  if (stored.dialect !== dialect) {
    throw new UsageError("state-of-another-dialect", { path, dialect: stored.dialect });
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
    throw new LocalError("state-in-use", { path });
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

function notWritable(path: string, cause: unknown): LocalError {
  const { code = "", message } = cause as NodeJS.ErrnoException;
  return new LocalError("state-not-writable", { path, fault: { code, message } }, { cause });
}
