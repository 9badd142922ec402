// Names for captures: those that `listen` shows, twelve hexadecimal digits.
import { createHash } from "node:crypto";

const length = 12;

/** The one of a recording that has none: always the same, so that importing it twice keeps it once. */
export function captureIdOf(recording: string): string {
  return createHash("sha256").update(recording).digest("hex").slice(0, length);
}

/** Whether nothing can follow it: it names one capture, or none. */
export function isWholeId(text: string): boolean {
  return text.length === length && isIdBeginning(text);
}

/** Whether an id may begin like this. */
export function isIdBeginning(text: string): boolean {
  return text.length <= length && /^[\da-f]+$/.test(text);
}
