// How often the handler acted: what can't be seen in its answers. A counter endpoint of the user's own, or the sink
// that the handler is pointed at.
import { setTimeout as delay } from "node:timers/promises";

/** Counts how often the handler has acted so far; rejects when it can't tell. */
export type Witness = () => Promise<number>;

export interface Observed<Result> {
  readonly result: Result;
  /** undefined without a witness. */
  readonly acted: number | undefined;
}

/** How long a handler that works after its answer is waited for, and how long silence must last to be believed. */
const patience = { expectedMs: 3000, quietMs: 300, stepMs: 25 } as const;

/** Does the work and counts how often the handler acted meanwhile. */
export type Observe = <Result>(work: () => Promise<Result>, expected: number) => Promise<Observed<Result>>;

/** Observes with this witness; without one, nothing is counted. */
export function observeWith(witness: Witness | undefined): Observe {
  return (work, expected) => observe(witness, work, expected);
}

/**
 * Does the work and counts what the handler did meanwhile. Waits until the count has been still for a while, and up to
 * three seconds for it to reach `expected`.
 */
async function observe<Result>(
  witness: Witness | undefined,
  work: () => Promise<Result>,
  expected: number,
): Promise<Observed<Result>> {
  if (witness === undefined) return { result: await work(), acted: undefined };
  const before = await witness();
  const result = await work();
  const startedAt = performance.now();
  let count = await witness();
  let changedAt = performance.now();
  for (;;) {
    await delay(patience.stepMs);
    const next = await witness();
    const now = performance.now();
    if (next !== count) [count, changedAt] = [next, now];
    const isComplete = count - before >= expected || now - startedAt > patience.expectedMs;
    if (isComplete && now - changedAt >= patience.quietMs) return { result, acted: count - before };
  }
}
