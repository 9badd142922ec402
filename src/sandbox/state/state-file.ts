// The state file: everything that the instance remembers, and the deliveries that aren't finished. It holds tokens and
// secrets, so only its owner may read it; it is replaced as a whole, so that a crash leaves the old one or the new one.
import { readFile } from "node:fs/promises";
import { LocalError, UsageError } from "../../errors.js";
import { putAside, replaceFile } from "../../files/index.js";
import type { Job } from "../queue/job.js";
import { emptyRecords, type Records } from "../world/world.js";

/** What is kept. */
export interface State {
  /** What the sandbox behaved as, e.g. `misskey@2025.4`. */
  readonly dialect: string;
  readonly records: Records;
  readonly jobs: readonly Job[];
}

const formatName = "misskey-hooks sandbox state";
const formatVersion = 1;

interface StoredState {
  readonly format: typeof formatName;
  readonly version: number;
  readonly dialect: string;
  /** Kinds of records that came later are missing in older files. */
  readonly records: Readonly<Partial<Record<keyof Records, readonly (readonly [string, unknown])[]>>>;
  readonly jobs: readonly Job[];
}

function isStored(value: unknown): value is StoredState {
  if (typeof value !== "object" || value === null) return false;
  const { format, version, dialect, records, jobs } = value as Partial<StoredState>;
  if (format !== formatName || version !== formatVersion || typeof dialect !== "string") return false;
  if (!Array.isArray(jobs) || typeof records !== "object" || records === null) return false;
  return Object.keys(emptyRecords()).every((name) => Array.isArray(records[name as keyof Records] ?? []));
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
  const stored = parse(text);
  if (!isStored(stored)) {
    const aside = await putAside(path, now);
    throw new LocalError("corrupt-state", `${path} is no state of a sandbox, or a broken one.`, {
      hint: `It is kept as ${aside}. Run the same command again to start with an empty state.`,
    });
  }
  if (stored.dialect !== dialect) {
    throw new UsageError("state-of-another-dialect", `The state in ${path} is that of ${stored.dialect}.`, {
      hint: `Use --as ${stored.dialect}, or another file.`,
    });
  }
  return { dialect, records: revive(stored), jobs: stored.jobs };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
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
    throw new LocalError("state-not-writable", `The state file ${path} can't be written.`, {
      hint: "Name a file in a folder that you may write to.",
      cause,
    });
  }
}
