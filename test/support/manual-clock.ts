// A clock on which waiting takes no time: each sleep moves it on, and is remembered.
import type { Clock } from "../../src/delivery/index.js";

export interface ManualClock extends Clock {
  /** Every wait so far, in milliseconds. */
  readonly sleeps: readonly number[];
}

export function manualClock(): ManualClock {
  const sleeps: number[] = [];
  let now = 0;
  return {
    sleeps,
    now: () => now,
    sleep: (ms) => {
      sleeps.push(ms);
      now += ms;
      return Promise.resolve();
    },
  };
}
