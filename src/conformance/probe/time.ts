// Time as a run lives through it, so that tests can hand in their own: what waits, measures or hangs up asks here.
import { InterruptedError } from "../../errors.js";

/** A clock and its timers. */
export interface RunTime {
  /** Milliseconds that only go forward. */
  readonly now: () => number;
  /** Calls back once, so many milliseconds from now; what is returned takes that back. */
  readonly after: (ms: number, call: () => void) => () => void;
}

/** The system's. */
export const systemTime: RunTime = {
  now: () => performance.now(),
  after: (ms, call) => {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
};

/**
 * Waits so many milliseconds.
 * @throws InterruptedError when the signal ends it
 */
export function sleep(time: RunTime, ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) return reject(new InterruptedError(signal.reason));
    const onAbort = (): void => {
      cancel();
      reject(new InterruptedError(signal?.reason));
    };
    const cancel = time.after(ms, () => {
      signal?.removeEventListener("abort", onAbort);
      resolve();
    });
    signal?.addEventListener("abort", onAbort, { once: true });
  });
}
