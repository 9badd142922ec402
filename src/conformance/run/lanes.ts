// Work on several lanes, with results in the order of the work.

export interface LaneWork<Result> {
  /** Must not run beside others. */
  readonly alone: boolean;
  readonly run: () => Promise<Result>;
}

/** Does the work on so many lanes, `alone` work by itself; hands over each result once all earlier ones are there. */
export async function inLanes<Result>(
  lanes: number,
  work: readonly LaneWork<Result>[],
  onResult: (result: Result) => void,
): Promise<void> {
  const done = new Map<number, Result>();
  let handedOver = 0;
  const settle = (index: number, result: Result): void => {
    done.set(index, result);
    for (; done.has(handedOver); handedOver++) onResult(done.get(handedOver) as Result);
  };
  let waiting: (() => Promise<void>)[] = [];
  const flush = async (): Promise<void> => {
    const queue = waiting;
    waiting = [];
    const lane = async (): Promise<void> => {
      for (let task = queue.shift(); task; task = queue.shift()) await task();
    };
    await Promise.all(Array.from({ length: lanes }, lane));
  };
  for (const [index, { alone, run }] of work.entries()) {
    if (alone) await flush();
    waiting.push(async () => settle(index, await run()));
    if (alone) await flush();
  }
  await flush();
}
