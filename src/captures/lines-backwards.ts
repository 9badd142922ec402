// The lines of a file from its end to its start, so that the latest of many are there at once.
import { closeSync, fstatSync, openSync, readSync } from "node:fs";

/** A line without its newline, and where it is. */
export interface FileLine {
  readonly bytes: Buffer;
  readonly offset: number;
}

const newline = 0x0a;
const chunkBytes = 64 * 1024;

/** An unfinished last line isn't given: whoever writes it isn't done. @throws what `open` and `read` do */
export function* linesBackwards(path: string): Generator<FileLine, void, void> {
  const fd = openSync(path, "r");
  try {
    let start = fstatSync(fd).size;
    // What is read of the line whose start isn't reached yet, the latest part first.
    let parts: Buffer[] = [];
    let isFinished = false;
    while (start > 0) {
      const length = Math.min(chunkBytes, start);
      start -= length;
      const chunk = Buffer.alloc(length);
      readSync(fd, chunk, 0, length, start);
      let end = length;
      for (let at = chunk.lastIndexOf(newline); at !== -1; at = at === 0 ? -1 : chunk.lastIndexOf(newline, at - 1)) {
        const bytes = Buffer.concat([chunk.subarray(at + 1, end), ...parts.toReversed()]);
        if (isFinished && bytes.length > 0) yield { bytes, offset: start + at + 1 };
        isFinished = true;
        parts = [];
        end = at;
      }
      parts.push(chunk.subarray(0, end));
    }
    const bytes = Buffer.concat(parts.toReversed());
    if (isFinished && bytes.length > 0) yield { bytes, offset: 0 };
  } finally {
    closeSync(fd);
  }
}
