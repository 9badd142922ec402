// Files that are for their owner's eyes alone: mode 0600 in a folder of mode 0700. They are replaced as a whole, so
// that a crash leaves the old or the new one, and never reached through a symbolic link, behind which might be anything.
import { constants } from "node:fs";
import { chmod, type FileHandle, lstat, mkdir, open, readdir, rm } from "node:fs/promises";
import { platform } from "node:os";
import { dirname } from "node:path";
import { LocalError, MisskeyHooksError } from "../errors.js";
import { removeDrafts, replaceFile, withFileLock } from "../files/index.js";

/** Told of what was put right: a sentence. */
export type Notice = (text: string) => void;

const folderMode = 0o700;
const fileMode = 0o600;
const allOthers = 0o077;

// Windows has no such bits: Node makes them up, and a user's folder there is private by itself.
const hasModes = platform() !== "win32";

/**
 * The text of the file, undefined when there is none. Permissions that let others in are repaired, with a notice.
 * @throws LocalError `config-is-link`, `config-unreadable`
 */
export async function readPrivateFile(path: string, notice: Notice): Promise<string | undefined> {
  try {
    if (!(await securedFolder(dirname(path), notice))) return undefined;
    const file = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
    try {
      await secureFile(file, path, notice);
      return await file.readFile("utf8");
    } finally {
      await file.close();
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return undefined;
    throw accessError(error, path, "read");
  }
}

/**
 * Reads the file, and writes what `change` makes of its text, while no other run does the same.
 * @param change takes undefined for no file; undefined from it removes the file. What it throws leaves the file alone.
 * @throws LocalError `config-is-link`, `config-unreadable`, `config-not-writable`, `config-busy`
 */
export async function changePrivateFile(
  path: string,
  change: (text: string | undefined) => Promise<string | undefined>,
  notice: Notice,
): Promise<void> {
  const locked = async (): Promise<void> => {
    const text = await change(await readPrivateFile(path, notice));
    if (text === undefined) await removePrivateFile(path);
    else await writePrivateFile(path, text, notice);
  };
  try {
    await makeFolder(dirname(path), notice);
    await withFileLock(path, locked);
  } catch (error) {
    throw error instanceof MisskeyHooksError ? error : accessError(error, path, "write");
  }
}

/**
 * Replaces the file, and makes its folder where there is none. Only one run at a time may: see `changePrivateFile`.
 * @throws LocalError `config-is-link`, `config-not-writable`
 */
export async function writePrivateFile(path: string, text: string, notice: Notice): Promise<void> {
  try {
    await makeFolder(dirname(path), notice);
    if (await isLink(path)) throw linkError(path);
    await removeLeftovers(path);
    await replaceFile(path, text, { mode: fileMode });
  } catch (error) {
    throw accessError(error, path, "write");
  }
}

/** Removes the file; that there is none is fine. @throws LocalError `config-not-writable` */
export async function removePrivateFile(path: string): Promise<void> {
  try {
    await Promise.all([rm(path, { force: true }), removeLeftovers(path)]);
  } catch (error) {
    throw accessError(error, path, "write");
  }
}

/** Drafts of runs that were killed, also as earlier versions called them. */
async function removeLeftovers(path: string): Promise<void> {
  await Promise.all([rm(`${path}.tmp`, { force: true }), removeDrafts(path)]);
}

async function makeFolder(folder: string, notice: Notice): Promise<void> {
  await mkdir(folder, { recursive: true, mode: folderMode });
  await securedFolder(folder, notice);
}

/** False when there is no such folder. */
async function securedFolder(folder: string, notice: Notice): Promise<boolean> {
  const entry = await lstat(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (entry === undefined) return false;
  if (entry.isSymbolicLink()) throw linkError(folder);
  if (!hasModes || (entry.mode & allOthers) === 0) return true;
  if (await isOurs(folder)) {
    await chmod(folder, folderMode);
    notice(`other users of this machine could look into ${folder}: it is now for you alone (mode 700).`);
  } else {
    notice(`other users of this machine can look into ${folder}, which isn't misskey-hooks' own.`);
  }
  return true;
}

/** Whether nothing but files as we write them is there: nobody wants their home or /tmp closed to others. */
async function isOurs(folder: string): Promise<boolean> {
  return (await readdir(folder)).every(
    (name) => name === "borrowed" || name === "listening" || name === "captures" || /\.(json|tmp|lock)$/.test(name),
  );
}

async function secureFile(file: FileHandle, path: string, notice: Notice): Promise<void> {
  const { mode } = await file.stat();
  if (!hasModes || (mode & allOthers) === 0) return;
  await file.chmod(fileMode);
  notice(`other users of this machine could read ${path}: it is now for you alone (mode 600).`);
}

async function isLink(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => undefined))?.isSymbolicLink() === true;
}

function linkError(path: string): LocalError {
  return new LocalError("config-is-link", { path });
}

function accessError(cause: unknown, path: string, verb: "read" | "write"): LocalError {
  if (cause instanceof LocalError) return cause;
  const { code = "", message } = cause as NodeJS.ErrnoException;
  if (code === "ELOOP") return linkError(path);
  const name = verb === "read" ? "config-unreadable" : "config-not-writable";
  return new LocalError(name, { path, fault: { code, message } }, { cause });
}
