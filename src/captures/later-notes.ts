// What was noted about captures after they were kept, for those who read a store from its end and meet it first.
import type { CaptureLine } from "./capture-line.js";
import type { CaptureAnswer, CaptureForward, StoredCapture } from "./stored-capture.js";

interface Notes {
  readonly forwards: CaptureForward[];
  answer: CaptureAnswer | undefined;
}

/** Collects notes, the latest first, and puts them to their capture. */
export class LaterNotes {
  readonly #notes = new Map<string, Notes>();

  add(line: Exclude<CaptureLine, { readonly kind: "capture" }>): void {
    let notes = this.#notes.get(line.id);
    if (notes === undefined) {
      notes = { forwards: [], answer: undefined };
      this.#notes.set(line.id, notes);
    }
    if (line.kind === "forward") notes.forwards.push(line.forward);
    else notes.answer ??= line.answer;
  }

  /** The capture with what was noted about it, which is forgotten here. */
  putTo(capture: StoredCapture): StoredCapture {
    const notes = this.#notes.get(capture.id);
    if (notes === undefined) return capture;
    this.#notes.delete(capture.id);
    return {
      ...capture,
      facts: { ...capture.facts, ...notes.answer },
      forwards: [...capture.forwards, ...notes.forwards.toReversed()],
    };
  }
}
