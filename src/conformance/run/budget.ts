// The time that a run may take. It is counted in whole steps, check by check, so that the same slow handler has its run
// end at the same check each time.

/** How a run's time is given and measured. */
export interface BudgetOptions {
  /** Checks that don't begin within this time are skipped. */
  readonly limitMs: number;
  /** Milliseconds that only go forward; default: the run's clock. */
  readonly clock?: (() => number) | undefined;
  /** Default: waits by the run's clock. */
  readonly sleep?: ((ms: number) => Promise<void>) | undefined;
}

export interface Budget {
  readonly limitMs: number;
  /** Counts the time since it was asked last; true when no more than `reserveMs` is left. */
  readonly isSpent: (reserveMs: number) => boolean;
  /** How long may still be waited for something, if `reserveMs` shall be left. */
  readonly leftMs: (reserveMs: number) => number;
}

/** Kept for the last check, the load, which a slow handler most probably fails. */
export const reserveMs = 12_000;

/** What takes long is counted more coarsely. */
const stepsMs = { short: 250, long: 1000, longFromMs: 5000 } as const;

/** Rounded down: what an answer's time is exceeded by is chance, and a timer is never early. */
function inSteps(ms: number): number {
  const stepMs = ms < stepsMs.longFromMs ? stepsMs.short : stepsMs.long;
  return Math.floor(ms / stepMs) * stepMs;
}

/** A budget that begins now. */
export function createBudget(limitMs: number, clock: () => number): Budget {
  const startedAt = clock();
  let spentMs = 0;
  let countedTo = startedAt;
  const endMs = (reservedMs: number): number => limitMs - Math.min(reservedMs, limitMs / 2);
  return {
    limitMs,
    isSpent: (reservedMs) => {
      const now = clock();
      spentMs += inSteps(now - countedTo);
      countedTo = now;
      return spentMs >= endMs(reservedMs);
    },
    leftMs: (reservedMs) => endMs(reservedMs) - (clock() - startedAt),
  };
}
