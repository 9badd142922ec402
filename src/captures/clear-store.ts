// Forgetting what a store holds: all of it, or what is older than a time.
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readCaptureLine } from "./capture-line.js";
import { dropSegment, isInUse, listSegments, type Segment } from "./segment.js";
import { fileMode, readStoreKey, notWritable } from "./store-folder.js";

/** What was forgotten, and what stays although it was meant. */
export interface ClearCounts {
  readonly cleared: number;
  /** Older ones in the file that a running `listen` writes to: they go when it is done. */
  readonly inUse: number;
}

function isOlder(line: string, beforeMs: number): boolean {
  const read = readCaptureLine(line);
  // A line that nobody can read is as old as the file.
  return read === undefined || !(Date.parse(read.at) >= beforeMs);
}

function countCaptures(lines: readonly string[]): number {
  return lines.filter((line) => line.startsWith('{"id":"')).length;
}

/** @returns how many captures went */
function clearSegment(segment: Segment, all: readonly Segment[], beforeMs: number): number {
  const lines = readFileSync(segment.path, "utf8").split("\n").filter(Boolean);
  const staying = lines.filter((line) => !isOlder(line, beforeMs));
  if (staying.length === lines.length) return 0;
  if (staying.length === 0) dropSegment(segment, all);
  else {
    const draft = `${segment.path}.tmp`;
    writeFileSync(draft, `${staying.join("\n")}\n`, { mode: fileMode, flush: true });
    renameSync(draft, segment.path);
  }
  return countCaptures(lines) - countCaptures(staying);
}

/**
 * Removes captures that arrived before a time; all when it is undefined. The file that a running `listen` writes to is
 * emptied only as a whole.
 * @throws those of `readStoreKey`, LocalError `store-not-writable`
 */
export function clearStore(folder: string, beforeMs: number = Number.POSITIVE_INFINITY): ClearCounts {
  readStoreKey(folder);
  let [cleared, inUse] = [0, 0];
  try {
    const all = listSegments(folder);
    for (const segment of all) {
      if (isInUse(segment, all) && Number.isFinite(beforeMs)) {
        const lines = readFileSync(segment.path, "utf8").split("\n").filter(Boolean);
        inUse += countCaptures(lines.filter((line) => isOlder(line, beforeMs)));
      } else cleared += clearSegment(segment, all, beforeMs);
    }
    for (const name of readdirSync(folder)) if (name.endsWith(".torn")) rmSync(join(folder, name), { force: true });
  } catch (error) {
    throw notWritable(folder, error);
  }
  return { cleared, inUse };
}
