// The journal of what was changed on an instance for the time of a run: written before the change, removed once it was
// put back. Whoever finds a record whose run is gone puts it back. One private file a record, replaced as a whole.
import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { readdir, stat, utimes } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import envPaths from "env-paths";
import { type Notice, readPrivateFile, removePrivateFile, writePrivateFile } from "./private-file.js";

/** How the account is reached again, maybe by another run with another environment. */
export interface RecordedAccess {
  /** The instance's origin. */
  readonly origin: string;
  /**
   * Where the token is. One that only the environment or standard input had is kept in the record itself, or nobody
   * could put things back after that run.
   */
  readonly token:
    | { readonly kind: "profile"; readonly name: string }
    | { readonly kind: "file"; readonly path: string }
    | { readonly kind: "kept"; readonly text: string };
  /** An absolute path. */
  readonly caFile?: string;
  readonly insecure?: true;
}

/** One change that has to be put back. `Change` is whatever the one who puts it back needs. */
export interface BorrowRecord<Change> {
  readonly version: 1;
  readonly id: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly pid: number;
  readonly machine: string;
  readonly access: RecordedAccess;
  readonly change: Change;
}

/** A record without a sign of life for this long belongs to a run that is gone, whatever has its process id now. */
const staleMs = 30_000;
/** How often a run gives one. */
export const heartbeatMs = 5000;

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Where it is: below `MISSKEY_HOOKS_CONFIG_DIR`, else in the platform's place for a program's data
 * (`~/.local/share/misskey-hooks` on Linux).
 */
function journalFolder(env: Env): string {
  const own = env["MISSKEY_HOOKS_CONFIG_DIR"];
  const base = own !== undefined && own !== "" ? own : envPaths("misskey-hooks", { suffix: "" }).data;
  return join(base, "borrowed");
}

/** Whether there is anything in it. Every run asks this first, so it costs next to nothing. */
export function hasBorrowRecords(env: Env): boolean {
  try {
    return readdirSync(journalFolder(env)).length > 0;
  } catch {
    return false;
  }
}

/** A killed process that its parent hasn't collected yet still answers to its id; Linux tells it by its state. */
function isZombie(pid: number): boolean {
  try {
    const status = readFileSync(`/proc/${pid}/stat`, "latin1");
    return /^[ZX]/.test(status.slice(status.lastIndexOf(")") + 2));
  } catch {
    return false;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    // A process of another user is one, too.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** The journal of one user on this machine. */
export class BorrowJournal<Change> {
  readonly #folder: string;
  readonly #notice: Notice;

  /** Touches nothing yet. `notice` is told of permissions that were repaired. */
  constructor(env: Env, notice: Notice) {
    this.#folder = journalFolder(env);
    this.#notice = notice;
  }

  /** A record of this run, not written yet. */
  newRecord(access: RecordedAccess, change: Change, nowMs: number): BorrowRecord<Change> {
    const startedAt = new Date(nowMs).toISOString();
    return { version: 1, id: randomUUID(), startedAt, pid: process.pid, machine: hostname(), access, change };
  }

  /** Writes or replaces a record. @throws LocalError of `writePrivateFile` */
  async write(record: BorrowRecord<Change>): Promise<void> {
    await writePrivateFile(this.#path(record.id), `${JSON.stringify(record, undefined, 2)}\n`, this.#notice);
  }

  /** Forgets a record; that there is none is fine. @throws LocalError of `removePrivateFile` */
  async remove({ id }: Pick<BorrowRecord<Change>, "id">): Promise<void> {
    await removePrivateFile(this.#path(id));
  }

  /** A sign of life of the run that the record belongs to. */
  async touch({ id }: Pick<BorrowRecord<Change>, "id">, nowMs: number): Promise<void> {
    const now = new Date(nowMs);
    await utimes(this.#path(id), now, now).catch(() => {});
  }

  /**
   * All records, those that runs of now still need included. A file that can't be one is told of and left alone;
   * drafts that a killed run left, which may hold a token, are removed.
   * @throws LocalError of `readPrivateFile`
   */
  async records(nowMs: number): Promise<BorrowRecord<Change>[]> {
    const names = await readdir(this.#folder).catch(() => []);
    await Promise.all(names.filter((name) => name.endsWith(".tmp")).map((name) => this.#removeStaleDraft(name, nowMs)));
    const ids = names.flatMap((name) => /^([\da-f-]{36})\.json$/.exec(name)?.[1] ?? []);
    const records = await Promise.all(ids.map((id) => this.#read(id)));
    return records.filter((record) => record !== undefined);
  }

  /** Whether the run that the record belongs to is still there. */
  async isHeld({ id, pid, machine }: BorrowRecord<Change>, nowMs: number): Promise<boolean> {
    const file = await stat(this.#path(id)).catch(() => undefined);
    if (file === undefined || Math.abs(nowMs - file.mtimeMs) > staleMs) return false;
    return machine !== hostname() || isRunning(pid);
  }

  async #removeStaleDraft(name: string, nowMs: number): Promise<void> {
    const path = join(this.#folder, name);
    const draft = await stat(path).catch(() => undefined);
    if (draft !== undefined && nowMs - draft.mtimeMs > staleMs) await removePrivateFile(path);
  }

  async #read(id: string): Promise<BorrowRecord<Change> | undefined> {
    const path = this.#path(id);
    const text = await readPrivateFile(path, this.#notice);
    if (text === undefined) return undefined;
    try {
      const record = JSON.parse(text) as BorrowRecord<Change>;
      if (record.version === 1 && record.id === id && typeof record.access.origin === "string") return record;
    } catch {
      // Said below.
    }
    const hint = "look at the account's hooks yourself (misskey-hooks hooks list), and then delete the file";
    this.#notice(`${path} isn't a record of what was borrowed from an instance: ${hint}.`);
    return undefined;
  }

  #path(id: string): string {
    return join(this.#folder, `${id}.json`);
  }

  /** The record's file. */
  pathOf({ id }: Pick<BorrowRecord<Change>, "id">): string {
    return this.#path(id);
  }
}
