// Time as the sender sees it, so that a test of an eight-minute schedule takes none.
import { setTimeout as delay } from "node:timers/promises";

/** Where waits and measured times come from. */
export interface Clock {
  /** Milliseconds from some fixed moment; may have fractions. */
  now(): number;
  /** Resolves after that many milliseconds, or at once when the signal is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => performance.now(),
  sleep: async (ms, signal) => {
    try {
      await delay(ms, undefined, signal === undefined ? {} : { signal });
    } catch (error) {
      if (signal?.aborted !== true) throw error;
    }
  },
};
