// A report that is independent of what was examined: every format is made from it, so that all say the same.
import { printable } from "../printable.js";

/** `unproved`: nothing wrong was seen, and what matters can't be seen. */
export type EntryVerdict = "pass" | "unproved" | "warn" | "fail" | "skip";

/** One examined thing: a check of a handler, a validated delivery, a key that drifted. */
export interface ReportEntry {
  /** Unique in the report: a check's id, a file's name. */
  readonly name: string;
  /** What belongs together: a theme of checks. */
  readonly group: string;
  readonly verdict: EntryVerdict;
  /** What it is about, in a few words. */
  readonly title: string;
  /** What was found; empty for what is right. */
  readonly message: string;
  /** What belongs below it, one line each. */
  readonly details: readonly string[];
  /** How long it took, milliseconds. Default: 0. */
  readonly ms?: number | undefined;
  /** The file it was found in, if any. */
  readonly file?: string;
}

export interface Report {
  /** `misskey-hooks check http://…`, as a heading. */
  readonly title: string;
  readonly ok: boolean;
  readonly entries: readonly ReportEntry[];
  /** Why it is incomplete; undefined when it isn't. */
  readonly stopReason?: string | undefined;
}

/** How many entries have each verdict. */
export function countVerdicts(entries: readonly { readonly verdict: EntryVerdict }[]): Record<EntryVerdict, number> {
  const counts = { pass: 0, unproved: 0, warn: 0, fail: 0, skip: 0 };
  for (const { verdict } of entries) counts[verdict]++;
  return counts;
}

/** What no XML document can have, and no text that is sound: halves of surrogate pairs, U+FFFE and U+FFFF. */
const unsayable = /[^\t\n\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/** A stranger's text for files that programs read: nothing invisible, and no line of its own. */
export function sayable(text: string): string {
  return printable(text).replace(unsayable, "\uFFFD");
}
