// The time that a run may take. It is counted in whole steps, check by check, so that the same slow handler has its run
// end at the same check each time.

/** How a run's time is given and measured. */
export interface BudgetOptions {
  /** Checks that don't begin within this time are skipped. */
  readonly limitMs: number;
  /** Milliseconds that only go forward. */
  readonly clock: () => number;
}

export interface Budget {
  readonly limitMs: number;
  /** Counts the time since it was asked last; true when no more than `reserveMs` is left. */
  readonly isSpent: (reserveMs: number) => boolean;
}

const stepMs = 500;

/** A budget that begins now. */
export function createBudget({ limitMs, clock }: BudgetOptions): Budget {
  let spentMs = 0;
  let countedTo = clock();
  return {
    limitMs,
    isSpent: (reserveMs) => {
      const now = clock();
      spentMs += Math.round((now - countedTo) / stepMs) * stepMs;
      countedTo = now;
      return spentMs >= limitMs - Math.min(reserveMs, limitMs / 2);
    },
  };
}
