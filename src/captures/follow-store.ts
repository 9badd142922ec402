// What a store is told from now on: new lines of all its segments, as they are written, whoever writes them.
import { closeSync, openSync, readSync } from "node:fs";
import { type CaptureLine, readCaptureLine } from "./capture-line.js";
import { listSegments } from "./segment.js";

const newline = 0x0a;

/** A store that is looked at again and again. */
export class StoreFollower {
  readonly #folder: string;
  /** How far each segment was read, by the name that it keeps when another process takes it over. */
  readonly #offsets = new Map<string, number>();

  /** What is there already isn't told. @throws what `readdir` does */
  constructor(folder: string) {
    this.#folder = folder;
    for (const { name, bytes } of listSegments(folder)) this.#offsets.set(name, bytes);
  }

  /** What was written since the last look, in its order within each segment; unfinished lines wait. */
  look(): CaptureLine[] {
    return listSegments(this.#folder).flatMap(({ path, name, bytes }) => {
      const from = this.#offsets.get(name) ?? 0;
      // Emptied by `captures clear`: begun anew.
      const start = bytes < from ? 0 : from;
      if (bytes === start) return [];
      const { text, end } = wholeLines(path, start, bytes);
      this.#offsets.set(name, end);
      return text.split("\n").flatMap((line) => (line === "" ? [] : (readCaptureLine(line) ?? [])));
    });
  }
}

function wholeLines(path: string, start: number, end: number): { readonly text: string; readonly end: number } {
  let fd: number;
  try {
    fd = openSync(path, "r");
  } catch {
    // Taken over or pruned since it was listed: the next look finds it under its new name.
    return { text: "", end: start };
  }
  try {
    const bytes = Buffer.alloc(end - start);
    const read = bytes.subarray(0, readSync(fd, bytes, 0, bytes.length, start));
    const whole = read.subarray(0, read.lastIndexOf(newline) + 1);
    return { text: whole.toString("utf8"), end: start + whole.length };
  } finally {
    closeSync(fd);
  }
}
