// Notes that runs leave for others on this machine: one private JSON file each, in a folder for one kind of note, replaced
// as a whole.
import { readdirSync } from "node:fs";
import { readdir, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import envPaths from "env-paths";
import { putAside } from "../files/index.js";
import { type Notice, readPrivateFile, removePrivateFile, writePrivateFile } from "./private-file.js";

type Env = Readonly<Record<string, string | undefined>>;

/** A draft that is older than this was left behind by a run that was killed. */
const staleDraftMs = 30_000;

/** The kinds of note there are: what is borrowed from instances, which `listen` is where. */
export type RecordKind = "borrowed" | "listening";

/**
 * Below `MISSKEY_HOOKS_CONFIG_DIR`, else in the platform's place for a program's data
 * (`~/.local/share/misskey-hooks` on Linux).
 */
function folderOf(env: Env, kind: RecordKind): string {
  const own = env["MISSKEY_HOOKS_CONFIG_DIR"];
  const base = own !== undefined && own !== "" ? own : envPaths("misskey-hooks", { suffix: "" }).data;
  return join(base, kind);
}

/** Whether there are any. Runs that have nothing to do with them ask this first, so it costs next to nothing. */
export function hasRecords(env: Env, kind: RecordKind): boolean {
  try {
    return readdirSync(folderOf(env, kind)).some((name) => /\.(json|tmp)$/.test(name));
  } catch {
    return false;
  }
}

/** The notes of one kind, of one user on this machine. */
export class RecordFolder {
  readonly #folder: string;
  readonly #notice: Notice;

  /** Touches nothing yet. `notice` is told of permissions that were repaired. */
  constructor(env: Env, kind: RecordKind, notice: Notice) {
    this.#folder = folderOf(env, kind);
    this.#notice = notice;
  }

  /** The note's file. */
  pathOf(id: string): string {
    return join(this.#folder, `${id}.json`);
  }

  /** The ids of all notes. Drafts that a killed run left, which may hold a secret, are removed. */
  async ids(nowMs: number): Promise<string[]> {
    const names = await readdir(this.#folder).catch(() => []);
    await Promise.all(names.filter((name) => name.endsWith(".tmp")).map((name) => this.#removeStaleDraft(name, nowMs)));
    return names.flatMap((name) => /^([\da-f-]{36})\.json$/.exec(name)?.[1] ?? []);
  }

  /** Its text, undefined when there is none. @throws LocalError of `readPrivateFile` */
  read(id: string): Promise<string | undefined> {
    return readPrivateFile(this.pathOf(id), this.#notice);
  }

  /** Writes or replaces it. @throws LocalError of `writePrivateFile` */
  write(id: string, text: string): Promise<void> {
    return writePrivateFile(this.pathOf(id), text, this.#notice);
  }

  /** Forgets it; that there is none is fine. @throws LocalError of `removePrivateFile` */
  remove(id: string): Promise<void> {
    return removePrivateFile(this.pathOf(id));
  }

  /** Gives a damaged one another name, which is told. */
  async putAside(id: string, nowMs: number): Promise<string> {
    return putAside(this.pathOf(id), nowMs).catch(() => this.pathOf(id));
  }

  /** Notes that its run is still there. */
  async touch(id: string, nowMs: number): Promise<void> {
    const now = new Date(nowMs);
    await utimes(this.pathOf(id), now, now).catch(() => {});
  }

  /** When that was last noted, in milliseconds since the epoch; undefined when there is no such note. */
  async touchedAtMs(id: string): Promise<number | undefined> {
    return (await stat(this.pathOf(id)).catch(() => undefined))?.mtimeMs;
  }

  async #removeStaleDraft(name: string, nowMs: number): Promise<void> {
    const path = join(this.#folder, name);
    const draft = await stat(path).catch(() => undefined);
    if (draft !== undefined && nowMs - draft.mtimeMs > staleDraftMs) await removePrivateFile(path);
  }
}
