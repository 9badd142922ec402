// The files of a store. Each is written by one process alone, whose number its name holds, so that two don't harm each
// other: `<when it began>-<random>.<process>.ndjson`. One that a process which is gone left may be taken over.
import {
  closeSync,
  fstatSync,
  fsyncSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { randomBytes } from "node:crypto";
import { platform } from "node:os";
import { join } from "node:path";
import { isRunning } from "../files/index.js";
import { fileMode } from "./store-folder.js";

export interface Segment {
  readonly path: string;
  /** Without the process: stays the same when it is taken over. */
  readonly name: string;
  readonly startedMs: number;
  /** When it was last written to. */
  readonly endedMs: number;
  readonly bytes: number;
  readonly pid: number;
}

const fileName = /^((\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z-[0-9a-f]{8})\.(\d+)\.ndjson$/;

/** The segments that this process writes to: another store object of it must not take them over. */
const ours = new Set<string>();

/** All of them, the oldest first. Files of other names are nobody's business. @throws what `readdir` does */
export function listSegments(folder: string): Segment[] {
  return readdirSync(folder)
    .toSorted()
    .flatMap((file) => {
      const [, name, ...parts] = fileName.exec(file) ?? [];
      if (name === undefined) return [];
      const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, ms = 0, pid = 0] = parts.map(Number);
      const path = join(folder, file);
      const stats = statSync(path, { throwIfNoEntry: false });
      if (stats === undefined) return [];
      const startedMs = Date.UTC(year, month - 1, day, hour, minute, second, ms);
      return [{ path, name, startedMs, endedMs: stats.mtimeMs, bytes: stats.size, pid }];
    });
}

/** Whether a process writes to it now, or may: the newest segment of one that runs. */
export function isInUse(segment: Segment, all: readonly Segment[]): boolean {
  if (segment.pid === process.pid) return ours.has(segment.path);
  const isNewest = all.every(({ pid, name }) => pid !== segment.pid || name <= segment.name);
  return isNewest && isRunning(segment.pid);
}

/** A segment that this process alone writes to from now on. */
export interface OwnSegment {
  readonly path: string;
  readonly startedMs: number;
  readonly fd: number;
}

/** Makes a new one. @throws what `open` does */
export function createSegment(folder: string, nowMs: number): OwnSegment {
  // Names are in the order of time, also of two that begin in the same millisecond, or after a clock was set back.
  const startedMs = Math.max(nowMs, (listSegments(folder).at(-1)?.startedMs ?? 0) + 1);
  const time = new Date(startedMs).toISOString().replace(/[-:.]/g, "");
  const path = join(folder, `${time}-${randomBytes(4).toString("hex")}.${process.pid}.ndjson`);
  const fd = openSync(path, "ax", fileMode);
  ours.add(path);
  return { path, startedMs, fd };
}

/** Goes on with one whose process is gone; undefined when another was faster. */
export function takeOver(segment: Segment, folder: string): OwnSegment | undefined {
  const path = join(folder, `${segment.name}.${process.pid}.ndjson`);
  try {
    if (path !== segment.path) renameSync(segment.path, path);
  } catch {
    return undefined;
  }
  ours.add(path);
  return { path, startedMs: segment.startedMs, fd: openSync(path, "a", fileMode) };
}

export function releaseSegment({ path, fd }: OwnSegment): void {
  ours.delete(path);
  closeSync(fd);
}

/** Removes it; the one that a process writes to is emptied instead, so that what comes next is kept. */
export function dropSegment(segment: Segment, all: readonly Segment[]): void {
  if (isInUse(segment, all)) truncateSync(segment.path);
  else rmSync(segment.path, { force: true });
}

/** Has the disk know of new files. */
export function syncFolder(folder: string): void {
  // Windows can't open folders, and keeps their entries by itself.
  if (platform() === "win32") return;
  const fd = openSync(folder, "r");
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

const newline = 0x0a;

/** The start of the last line when no newline ends it; undefined when all lines are whole. */
function startOfTornLine(fd: number, bytes: number): number | undefined {
  const chunk = Buffer.alloc(64 * 1024);
  for (let end = bytes; end > 0;) {
    const start = Math.max(0, end - chunk.length);
    const read = readSync(fd, chunk, 0, end - start, start);
    const last = chunk.subarray(0, read).lastIndexOf(newline);
    if (end === bytes && last === read - 1) return undefined;
    if (last !== -1) return start + last + 1;
    end = start;
  }
  return bytes === 0 ? undefined : 0;
}

/** Moves the unfinished last line, which a kill left, to a file beside it (`….torn`). @returns its bytes, 0 when there is none */
export function putTornLineAside(path: string): number {
  const fd = openSync(path, "r");
  try {
    const bytes = fstatSync(fd).size;
    const start = startOfTornLine(fd, bytes);
    if (start === undefined) return 0;
    const torn = Buffer.alloc(bytes - start);
    readSync(fd, torn, 0, torn.length, start);
    writeFileSync(`${path}.torn`, torn, { mode: fileMode, flag: "a" });
    truncateSync(path, start);
    return torn.length;
  } finally {
    closeSync(fd);
  }
}
