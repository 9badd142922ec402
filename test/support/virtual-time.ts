// Time that goes on by itself, in leaps, whenever nothing else is left to do: what would take seconds takes
// milliseconds, and comes in the same order however busy the machine is. Sockets are real, so “nothing left to do” means
// that the event loop has gone round so often without a timer being set or taken back that everything on its way over
// the loopback must have arrived.
import type { RunTime } from "../../src/conformance/probe/time.js";

interface Timer {
  readonly at: number;
  readonly call: () => void;
}

/** Rounds of the event loop, each of which reads all sockets: before and after the kernel had a moment for what it put off. */
const quietRounds = 30;
const momentMs = 1;

export interface VirtualTime extends RunTime {
  /** Waits so many milliseconds. */
  readonly pause: (ms: number) => Promise<void>;
  /** No timer fires any more. */
  readonly end: () => void;
}

/** A clock that begins at 0. Everything that waits for the same thing must use the same. */
export function createVirtualTime(): VirtualTime {
  const timers = new Set<Timer>();
  let nowMs = 0;
  let isWatching = false;
  let rounds = 0;
  let hasRested = false;

  const stir = (): void => {
    rounds = 0;
    hasRested = false;
    if (isWatching || timers.size === 0) return;
    isWatching = true;
    setImmediate(watch);
  };

  function watch(): void {
    if (timers.size === 0) {
      isWatching = false;
      return;
    }
    rounds++;
    if (rounds < quietRounds) return void setImmediate(watch);
    if (hasRested) {
      leap();
      setImmediate(watch);
    } else {
      [rounds, hasRested] = [0, true];
      setTimeout(watch, momentMs);
    }
  }

  function leap(): void {
    const [next] = [...timers].toSorted((a, b) => a.at - b.at);
    if (next === undefined) return;
    nowMs = Math.max(nowMs, next.at);
    timers.delete(next);
    stir();
    next.call();
  }

  const after = (ms: number, call: () => void): (() => void) => {
    const timer = { at: nowMs + ms, call };
    timers.add(timer);
    stir();
    return () => {
      if (timers.delete(timer)) stir();
    };
  };

  return {
    now: () => nowMs,
    after,
    pause: (ms) => new Promise((resolve) => after(ms, resolve)),
    end: () => timers.clear(),
  };
}
