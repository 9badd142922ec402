// How fast a handler can be asked, so that a slow one is checked in a time that people wait, and in a way that isn't a
// test of load.
import type { Answer } from "../probe/answer.js";

/**
 * - `usual`: it answers quickly, one thing after another
 * - `side by side`: it takes its time, but works on many deliveries at once
 * - `sparing`: it takes its time for each, so it is asked for the necessary alone
 */
export type Pace = "usual" | "side by side" | "sparing";

/** What takes longer isn't asked at the usual pace. */
const slowMs = 200;

/** Two at once take twice as long as one where one waits for the other. */
const queuedRatio = 1.6;

/** An answer that came, and took its time. */
export function isSlow({ status, ms }: Answer): boolean {
  return status !== null && ms > slowMs;
}

/** The pace that two answers show which were asked for at once. */
export function paceOfPair(pair: readonly [Answer, Answer]): Pace {
  const [quicker, slower] = pair.toSorted((a, b) => a.ms - b.ms) as [Answer, Answer];
  if (slower.status === null || quicker.status === null) return "sparing";
  if (!isSlow(slower)) return "usual";
  return slower.ms < quicker.ms * queuedRatio ? "side by side" : "sparing";
}

/** So many go together where nothing shows that it is too many. */
export const mostAtOnce = 12;

/**
 * How many deliveries a handler works on at once, by the answers to some that were sent so: those that took as long as
 * one alone. A pool of workers lets the others wait.
 */
export function widthOf(answers: readonly Answer[], aloneMs: number): number {
  const atOnce = answers.filter(({ status, ms }) => status !== null && ms < aloneMs * queuedRatio);
  return atOnce.length === answers.length ? mostAtOnce : Math.max(2, atOnce.length);
}
