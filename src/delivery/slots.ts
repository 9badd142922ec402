// How many attempts run at once: the others wait in line, and their time-out hasn't begun yet.

/** Runs a task as soon as one of the slots is free, in the order of the calls. */
export type InSlot = <Result>(task: () => Promise<Result>) => Promise<Result>;

export function createSlots(count: number): InSlot {
  let free = count;
  const waiting: (() => void)[] = [];
  return async (task) => {
    if (free > 0) free--;
    else await new Promise<void>((resolve) => void waiting.push(resolve));
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free++;
      else next();
    }
  };
}
