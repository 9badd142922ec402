// One run: a source, its sinks, and when it is over.
import { DeliveryTally } from "../receiver/index.js";
import { allEnded } from "./all-ended.js";
import { channelTo } from "./all-sinks.js";
import type { End, EndReason, Sink } from "./sink.js";
import type { StartSource } from "./source.js";

/** What ends a run. */
export interface Limits {
  /** So many deliveries, rejected ones included. */
  readonly count?: number | undefined;
  readonly timeoutMs?: number | undefined;
  readonly signal: AbortSignal;
}

/** What a run came to; `ok` when nothing was rejected, unexpected, or had findings of severity error. */
export interface RunResult extends End {
  readonly ok: boolean;
}

/** When it is over: by a limit, by enough deliveries (`look` is told of each), or because a sink broke. */
function untilOver(
  tally: DeliveryTally,
  { count = Number.POSITIVE_INFINITY, timeoutMs, signal }: Limits,
): { over: Promise<EndReason>; look: () => void; fail: (error: unknown) => void } {
  let look = (): void => {};
  let fail: (error: unknown) => void = () => {};
  const over = new Promise<EndReason>((resolve, reject) => {
    if (signal.aborted) resolve("signal");
    signal.addEventListener("abort", () => resolve("signal"), { once: true });
    // The source keeps the program alive; a timer that is left over must not.
    if (timeoutMs !== undefined) setTimeout(() => resolve("timeout"), timeoutMs).unref();
    look = () => {
      if (tally.deliveries >= count) resolve("count");
    };
    fail = reject;
  });
  return { over, look, fail };
}

/**
 * Runs until a limit is reached. Closes source and sinks, whatever happens, and then has the sinks say their last word.
 * @throws what starting the source throws, its failure, that of a sink, that of closing one
 */
export async function runPipeline(start: StartSource, sinks: readonly Sink[], limits: Limits): Promise<RunResult> {
  const tally = new DeliveryTally();
  const { over, look, fail } = untilOver(tally, limits);
  const counting: Sink = {
    take: ({ event }) => {
      tally.add(event);
      look();
    },
  };
  over.catch(() => {});
  const source = await start((kind) => channelTo([...sinks, counting], kind, fail));
  let reason: EndReason = "failed";
  try {
    reason = await Promise.race([over, source.failed]);
  } finally {
    const sourceClosed = source.close();
    const nothingMore = sourceClosed.catch(() => {});
    try {
      await allEnded(
        sourceClosed,
        ...sinks.map(({ close }) => close?.({ reason, sourceClosed: nothingMore }) ?? Promise.resolve()),
      );
    } finally {
      for (const sink of sinks) sink.ended?.({ reason, counts: tally.counts });
    }
  }
  return { reason, counts: tally.counts, ok: tally.ok };
}
