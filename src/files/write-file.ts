// The one way that files of ours are written: into a draft beside the file, checked, put on the disk, and only then given
// its name. So whatever happens on the way (a full disk, a kill), the file is the old one or the new one, never a part.
import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { copyFile, link, open, readdir, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/** How a file is written. */
export interface WriteOptions {
  /** Its permissions. Default: those of the file that is replaced, else what the user's umask leaves of 666. */
  readonly mode?: number;
}

/** A draft that is older than this was left behind by a run that was killed. */
const staleMs = 60_000;

/**
 * Replaces the file, or makes it. Behind a symbolic link, the file that it points to; what is no file (a terminal, a pipe)
 * is simply written to.
 * @throws a plain system error (`ENOSPC`, `EACCES` …); the file is then as it was
 */
export async function replaceFile(path: string, text: string, options: WriteOptions = {}): Promise<void> {
  const target = await realpath(path).catch(() => path);
  const existing = await stat(target).catch(() => undefined);
  if (existing !== undefined && !existing.isFile()) {
    await writeFile(target, text);
    return;
  }
  const mode = options.mode ?? (existing === undefined ? undefined : existing.mode & 0o7777);
  await throughDraft(target, text, mode, (draft) => rename(draft, target));
}

/**
 * Makes a file that isn't there yet.
 * @throws a plain system error: `EEXIST` when it is, `ENOSPC`, `EACCES` …
 */
export async function createFile(path: string, text: string, { mode }: WriteOptions = {}): Promise<void> {
  await throughDraft(path, text, mode, async (draft) => {
    try {
      await link(draft, path);
    } catch (error) {
      // Some file systems know no second names.
      if ((error as NodeJS.ErrnoException).code === "EEXIST") throw error;
      await copyFile(draft, path, constants.COPYFILE_EXCL);
    }
  });
}

async function throughDraft(
  path: string,
  text: string,
  mode: number | undefined,
  name: (draft: string) => Promise<void>,
): Promise<void> {
  const draft = `${path}.${randomBytes(6).toString("hex")}.tmp`;
  try {
    await writeDraft(draft, text, mode);
    await name(draft);
  } finally {
    await rm(draft, { force: true });
  }
  await settleFolder(dirname(path));
  await removeDrafts(path, staleMs);
}

async function writeDraft(draft: string, text: string, mode = 0o666): Promise<void> {
  const bytes = Buffer.from(text);
  const file = await open(draft, "wx", mode);
  try {
    await file.writeFile(bytes);
    // The mode that was asked for, whatever the umask.
    if (mode !== 0o666) await file.chmod(mode);
    await file.sync();
    const { size } = await file.stat();
    if (size !== bytes.length) throw Object.assign(new Error(`${size} of ${bytes.length} bytes`), { code: "ENOSPC" });
  } finally {
    await file.close();
  }
}

/** Makes the new name last, where the system can (not on Windows). */
async function settleFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r").catch(() => undefined);
  await handle?.sync().catch(() => {});
  await handle?.close();
}

/**
 * Removes drafts of this file that killed runs left behind.
 * @param olderThanMs leave younger ones, which another run may be writing. Default: none is, since the caller has a lock
 */
export async function removeDrafts(path: string, olderThanMs = 0): Promise<void> {
  const folder = dirname(path);
  const drafts = (await readdir(folder).catch(() => [])).filter(
    (name) => name.startsWith(`${basename(path)}.`) && /^[\da-f]{12}\.tmp$/.test(name.slice(basename(path).length + 1)),
  );
  for (const draft of drafts.map((name) => join(folder, name))) {
    const { mtimeMs } = (await stat(draft).catch(() => undefined)) ?? {};
    // A clock that was set back makes them look as if they came from the future.
    if (mtimeMs !== undefined && Math.abs(Date.now() - mtimeMs) >= olderThanMs) await rm(draft, { force: true });
  }
}
