// When a running `listen` ends, and what its end amounts to.
import type { Outcome } from "../../errors.js";
import type { DeliveryTally } from "../../receiver/index.js";
import type { Forwarder } from "./forward.js";
import type { EndReason } from "./view.js";

/** What ends it. */
interface Limits {
  readonly count: number | undefined;
  readonly timeoutMs: number | undefined;
  readonly signal: AbortSignal;
}

/** Resolves when there is a reason to end; `look` is told of each delivery. */
export function waitForEnd(tally: DeliveryTally, limits: Limits): { reached: Promise<EndReason>; look: () => void } {
  const { count = Number.POSITIVE_INFINITY, timeoutMs, signal } = limits;
  let look = (): void => {};
  const reached = new Promise<EndReason>((resolve) => {
    if (signal.aborted) resolve("signal");
    signal.addEventListener("abort", () => resolve("signal"), { once: true });
    // The source keeps the program alive; a timer that is left over must not.
    if (timeoutMs !== undefined) setTimeout(() => resolve("timeout"), timeoutMs).unref();
    look = () => {
      if (tally.deliveries >= count) resolve("count");
    };
  });
  return { reached, look };
}

/** How it ended. `count` is what `--timeout` without it waits for: any delivery. */
export function outcomeOfListen(
  reason: EndReason,
  tally: DeliveryTally,
  forwarder: Forwarder | undefined,
  count = 1,
): Outcome {
  if (!tally.ok || forwarder?.ok === false) return "fell-short";
  return reason === "timeout" && tally.deliveries < count ? "unreachable" : "done";
}

/**
 * Waits for what is ending at the same time, so that together it takes no longer than the slowest of it.
 * @throws the first error, once all have ended
 */
export async function allEnded(...ending: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(ending)).find(({ status }) => status === "rejected");
  if (failed?.status === "rejected") throw failed.reason;
}
