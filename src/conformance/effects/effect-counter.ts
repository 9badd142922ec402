// How often the handler acted: what can't be seen in its answers. A counter endpoint of the user's own, or the sink
// that the handler is pointed at.
import { type RunTime, sleep, systemTime } from "../probe/time.js";

/** Counts how often the handler has acted so far; rejects when it can't tell. */
export type EffectCounter = () => Promise<number>;

export interface Observed<Result> {
  readonly result: Result;
  /** undefined without a counter. */
  readonly acted: number | undefined;
  /** From the end of the work to the last act, milliseconds; 0 when there was none after it. */
  readonly lateMs: number;
}

/** How long silence must last to be believed, of a handler that acts at once. */
export const quietMs = 300;
/** How long a handler that works after its answer is waited for. */
const expectedMs = 3000;
const stepMs = 25;
/** Who acts late is asked less often. */
const stepsOfQuiet = 12;

/**
 * Does the work and counts how often the handler acted meanwhile.
 * @param quietFor how long silence must last to be believed; default: `quietMs`
 */
export type Observe = <Result>(
  work: () => Promise<Result>,
  expected: number,
  quietFor?: number,
) => Promise<Observed<Result>>;

/** A count that has been the same for a while. */
async function settled(
  counter: EffectCounter,
  time: RunTime,
  quietFor: number,
  isComplete: (count: number) => boolean,
) {
  let count = await counter();
  let changedAt = time.now();
  for (;;) {
    await sleep(time, Math.max(stepMs, quietFor / stepsOfQuiet));
    const next = await counter();
    const now = time.now();
    if (next !== count) [count, changedAt] = [next, now];
    if (isComplete(count) && now - changedAt >= quietFor) return { count, changedAt };
  }
}

/**
 * Observes with this counter; without one, nothing is counted. Waits until the count has been still for a while, and up
 * to three seconds for it to reach what is expected.
 * @param lastRequestAt when the handler was last given something to do: what comes of it isn't counted
 */
export function observeEffects(
  counter: EffectCounter | undefined,
  lastRequestAt: () => number = () => 0,
  time: RunTime = systemTime,
): Observe {
  let stillAt = 0;
  return async (work, expected, quietFor = quietMs) => {
    if (counter === undefined) return { result: await work(), acted: undefined, lateMs: 0 };
    const isStill = lastRequestAt() < stillAt;
    const before = isStill ? await counter() : (await settled(counter, time, quietFor, () => true)).count;
    const result = await work();
    const doneAt = time.now();
    const isEnough = (count: number): boolean => count - before >= expected || time.now() - doneAt > expectedMs;
    const { count, changedAt } = await settled(counter, time, quietFor, isEnough);
    stillAt = time.now();
    return {
      result,
      acted: count - before,
      lateMs: count === before ? 0 : Math.max(0, Math.round(changedAt - doneAt)),
    };
  };
}
