// The folder of a store: for its owner's eyes alone, with a mark that says which format it has and holds its key.
import { randomBytes } from "node:crypto";
import { linkSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, type Stats, writeFileSync } from "node:fs";
import { platform } from "node:os";
import { join } from "node:path";
import { LocalError, UsageError } from "../errors.js";

/** The file that makes a folder a store. */
const markName = "captures.store";
/** What a later version that writes otherwise counts up. */
const format = 1;
const folderMode = 0o700;
export const fileMode = 0o600;
const allOthers = 0o077;
// Windows has no such bits: Node makes them up, and a user's folder there is private by itself.
const hasModes = platform() !== "win32";

function faultOf(error: unknown): { readonly code: string; readonly message: string } {
  const { code = "", message } = error as NodeJS.ErrnoException;
  return { code, message };
}

function statOf(path: string): Stats | undefined {
  return lstatSync(path, { throwIfNoEntry: false });
}

/**
 * The store's key.
 * @throws UsageError `no-captures` (there is no store), LocalError `store-unreadable`, `store-of-other-version`
 */
export function readStoreKey(folder: string): Uint8Array {
  let text: string;
  try {
    text = readFileSync(join(folder, markName), "utf8");
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") {
      throw new UsageError("no-captures", { folder }, { cause });
    }
    throw new LocalError("store-unreadable", { folder, fault: faultOf(cause) }, { cause });
  }
  return keyOf(text, folder);
}

function keyOf(text: string, folder: string): Uint8Array {
  let mark: unknown;
  try {
    mark = JSON.parse(text);
  } catch {
    mark = undefined;
  }
  const { version, key } = (mark ?? {}) as { readonly version?: unknown; readonly key?: unknown };
  const bytes = typeof key === "string" ? Buffer.from(key, "base64") : Buffer.alloc(0);
  if (version === format && bytes.length === 32) return bytes;
  const found = typeof version === "number" ? version : null;
  throw new LocalError("store-of-other-version", { folder, found, known: format });
}

/**
 * Makes the folder a store where it isn't one, and gives its key.
 * @throws LocalError `store-not-private` (others may read it), `store-not-writable`, `store-of-other-version`,
 * `not-a-store` (a folder with other things in it)
 */
export function prepareStore(folder: string): Uint8Array {
  try {
    mkdirSync(folder, { recursive: true, mode: folderMode });
    assertPrivate(folder);
    const mark = join(folder, markName);
    if (statOf(mark) === undefined) {
      if (readdirSync(folder).some((name) => !name.startsWith("."))) throw new LocalError("not-a-store", { folder });
      makeMark(mark);
      // Deliveries are other people's words: they don't get into a project's history by accident.
      writeFileSync(join(folder, ".gitignore"), "*\n", { mode: fileMode });
    }
    return readStoreKey(folder);
  } catch (cause) {
    throw notWritable(folder, cause);
  }
}

/** What a store that can't be written to is told as; our own errors stay as they are. */
export function notWritable(folder: string, cause: unknown): LocalError {
  if (cause instanceof LocalError) return cause;
  return new LocalError("store-not-writable", { folder, fault: faultOf(cause) }, { cause });
}

function assertPrivate(folder: string): void {
  const { mode, uid } = lstatSync(folder);
  if (!hasModes) return;
  if ((mode & allOthers) !== 0) {
    throw new LocalError("store-not-private", { folder, problem: "open" });
  }
  const self = process.getuid?.();
  if (self !== undefined && self !== 0 && uid !== self) {
    throw new LocalError("store-not-private", { folder, problem: "foreign" });
  }
}

/** Whole or not there, and never over another's: two runs may make a store at the same time. */
function makeMark(path: string): void {
  const draft = `${path}.${process.pid}.${randomBytes(4).toString("hex")}`;
  const text = `${JSON.stringify({ version: format, key: randomBytes(32).toString("base64") })}\n`;
  try {
    writeFileSync(draft, text, { mode: fileMode, flag: "wx", flush: true });
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}
