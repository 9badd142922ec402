// What a store holds, the newest first: the segments of several writers merged by time, and what was noted later about
// a capture folded into it.
import { closeSync, openSync, readSync } from "node:fs";
import { isWholeId } from "./capture-id.js";
import { type CaptureLine, lineStarts, readCaptureLine } from "./capture-line.js";
import { LaterNotes } from "./later-notes.js";
import { type FileLine, linesBackwards } from "./lines-backwards.js";
import { listSegments, type Segment } from "./segment.js";
import { readStoreKey } from "./store-folder.js";
import type { StoredCapture } from "./stored-capture.js";

/** A capture, and where its line is. */
export interface FoundCapture {
  readonly capture: StoredCapture;
  readonly place: CapturePlace;
}

export interface CapturePlace {
  readonly path: string;
  readonly offset: number;
  readonly bytes: number;
}

/** One segment, read from its end. */
interface Cursor {
  readonly path: string;
  readonly rest: Generator<FileLine, void, void>;
  head: CaptureLine;
  headMs: number;
  place: CapturePlace;
}

function msOf(at: string): number {
  return Date.parse(at) || 0;
}

/** Goes on to the next line that says something. @returns false at the end */
function advance(cursor: Cursor): boolean {
  for (;;) {
    const next = cursor.rest.next();
    if (next.done) return false;
    const { bytes, offset } = next.value;
    const line = readCaptureLine(bytes.toString("utf8"));
    if (line === undefined) continue;
    cursor.head = line;
    cursor.headMs = msOf(line.at);
    cursor.place = { path: cursor.path, offset, bytes: bytes.length };
    return true;
  }
}

function cursorOf({ path }: Segment): Cursor | undefined {
  const cursor = { path, rest: linesBackwards(path), headMs: 0 } as unknown as Cursor;
  return advance(cursor) ? cursor : undefined;
}

/** Lines of all segments, the newest first; of the same time, the one of the later segment. */
function* linesNewestFirst(folder: string): Generator<Pick<Cursor, "head" | "place">, void, void> {
  // No line is newer than the last writing to its file: a segment is opened when its turn may have come.
  const waiting = listSegments(folder).toSorted((a, b) => a.endedMs - b.endedMs);
  const open: Cursor[] = [];
  try {
    for (;;) {
      let newest = open.reduce<Cursor | undefined>(
        (a, b) => (a === undefined || b.headMs > a.headMs ? b : a),
        undefined,
      );
      for (;;) {
        const next = waiting.at(-1);
        if (next === undefined || (newest !== undefined && next.endedMs < newest.headMs)) break;
        waiting.pop();
        const cursor = cursorOf(next);
        if (cursor === undefined) continue;
        open.push(cursor);
        if (newest === undefined || cursor.headMs > newest.headMs) newest = cursor;
      }
      if (newest === undefined) return;
      yield { head: newest.head, place: newest.place };
      if (!advance(newest)) open.splice(open.indexOf(newest), 1);
    }
  } finally {
    for (const { rest } of open) rest.return();
  }
}

/**
 * The captures of a store, the newest first; lines that are none are passed over.
 * @throws those of `readStoreKey`
 */
export function* capturesNewestFirst(folder: string): Generator<FoundCapture, void, void> {
  readStoreKey(folder);
  const later = new LaterNotes();
  for (const { head, place } of linesNewestFirst(folder)) {
    if (head.kind === "capture") yield { capture: later.putTo(head.capture), place };
    else later.add(head);
  }
}

/** The captures whose id begins like this, at most two of them: enough to know whether it is unique. */
export function capturesById(folder: string, beginning: string): StoredCapture[] {
  readStoreKey(folder);
  const found = new Map<string, StoredCapture>();
  const later = new LaterNotes();
  const starts = lineStarts.map((start) => Buffer.from(`${start}${beginning}`));
  for (const { path } of listSegments(folder).toReversed()) {
    for (const { bytes } of linesBackwards(path)) {
      if (found.size > 1 && !isWholeId(beginning)) break;
      if (!starts.some((start) => bytes.subarray(0, start.length).equals(start))) continue;
      const line = readCaptureLine(bytes.toString("utf8"));
      if (line?.kind === "capture") found.set(line.capture.id, line.capture);
      else if (line !== undefined) later.add(line);
    }
  }
  const exact = found.get(beginning);
  const candidates = exact === undefined ? [...found.values()].slice(0, 2) : [exact];
  return candidates.map((capture) => later.putTo(capture));
}

/** The capture at a place, for whoever walked over a store and comes back; undefined when it isn't there any more. */
export function captureAt({ path, offset, bytes }: CapturePlace): StoredCapture | undefined {
  let fd: number | undefined;
  try {
    fd = openSync(path, "r");
    const line = Buffer.alloc(bytes);
    readSync(fd, line, 0, bytes, offset);
    const read = readCaptureLine(line.toString("utf8"));
    return read?.kind === "capture" ? read.capture : undefined;
  } catch {
    return undefined;
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}
