// The one capture that a user names: by id, by a beginning of it, or as `last`, `last~2`.
import { UsageError } from "../errors.js";
import { isIdBeginning } from "./capture-id.js";
import { capturesById, capturesNewestFirst } from "./read-store.js";
import type { StoredCapture } from "./stored-capture.js";

const fromTheEnd = /^last(?:~(\d{1,9}))?$/;

/** Whether it reads as the name of a capture, rather than of a file or as an expression. */
export function isCaptureName(text: string): boolean {
  return fromTheEnd.test(text) || isIdBeginning(text);
}

/**
 * The capture of that name.
 * @throws UsageError `no-such-capture`, `ambiguous-capture`, and those of `readStoreKey`
 */
export function findCapture(folder: string, name: string): StoredCapture {
  const [whole, back = "0"] = fromTheEnd.exec(name) ?? [];
  const [found, another] = whole === undefined ? byId(folder, name) : byPlace(folder, Number(back));
  if (found === undefined) {
    throw new UsageError("no-such-capture", { name, folder });
  }
  if (another === undefined) return found;
  throw new UsageError("ambiguous-capture", { name, ids: [found.id, another.id] });
}

function byId(folder: string, name: string): StoredCapture[] {
  return isIdBeginning(name) ? capturesById(folder, name) : [];
}

function byPlace(folder: string, back: number): StoredCapture[] {
  let left = back;
  for (const { capture } of capturesNewestFirst(folder)) {
    if (left === 0) return [capture];
    left -= 1;
  }
  return [];
}
