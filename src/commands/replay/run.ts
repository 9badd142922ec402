// The replay itself: so many at once, with the pauses of the recording or without.
import type { StoredCapture } from "../../captures/index.js";
import type { Outcome } from "../../errors.js";
import { Forwarder } from "../../forward/index.js";
import { type DeliveryPolicy, dialectName, dialects, resolveDialect } from "../../protocol/index.js";
import type { FilterOptions } from "../captures/store-options.js";
import type { CommandContext } from "../command.js";
import type { SecretSource } from "../options/inputs.js";
import type { Change, ChangeFlags } from "./change.js";
import type { Chosen } from "./choose.js";
import type { PutSecret } from "./secret.js";
import type { Target } from "./target.js";
import type { ReplayView } from "./view.js";

/** As commander hands them over. */
export interface ReplayFlags extends FilterOptions, SecretSource, ChangeFlags {
  readonly limit?: number;
  readonly to?: string;
  readonly times: number;
  readonly concurrency: number;
  /** How many times faster than recorded. */
  readonly speed: number;
  readonly expect?: readonly string[];
}

export interface Replay {
  readonly chosen: Chosen;
  readonly target: Target;
  readonly secret: PutSecret;
  readonly change: Change;
  readonly options: ReplayFlags;
  readonly view: ReplayView;
}

function policyOf({ facts }: StoredCapture): DeliveryPolicy {
  return (dialects.find((row) => dialectName(row) === facts.dialect) ?? resolveDialect("misskey")).policy;
}

function isExpected(status: number | null, expected: readonly string[]): boolean {
  if (status === null) return false;
  return expected.some((one) => (/xx$/i.test(one) ? one.startsWith(String(status)[0] ?? "") : Number(one) === status));
}

/** Waits, unless the run is told to stop. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (!(ms > 0) || signal.aborted) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => resolve(), { once: true });
    signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
  });
}

/** Sends all of them; each answer is shown as it comes. */
export async function replayAll(replay: Replay, context: CommandContext): Promise<Outcome> {
  const { chosen, target, secret, change, options, view } = replay;
  const { times, concurrency, speed, expect = ["2xx"] } = options;
  const forwarder = new Forwarder();
  const { signal } = context;
  let [isRight, isReached] = [true, true];
  // Everything that can't be sent is known before the first is.
  const jobs = chosen.captures.map((capture) => ({ capture, url: target(capture), delivery: secret(capture) }));
  const firstAt = Date.parse(jobs[0]?.capture.at ?? "");
  const startedAt = context.now();

  async function send({ capture, url, delivery }: (typeof jobs)[number]): Promise<void> {
    const body = await change(delivery.body, capture);
    const answer = await forwarder.hand({ route: { url }, delivery: { ...delivery, body }, policy: policyOf(capture) });
    const ok = isExpected(answer.status, expect);
    isRight &&= ok;
    isReached &&= answer.status !== null;
    view.answered({ ok, capture, answer, bytes: body.length });
  }

  const queue = jobs.flatMap((job) => Array.from({ length: times }, () => job));
  let next = 0;
  async function work(): Promise<void> {
    while (!signal.aborted) {
      const job = queue[next++];
      if (job === undefined) return;
      const dueMs = (Date.parse(job.capture.at) - firstAt) / speed;
      await pause(startedAt + dueMs - context.now(), signal);
      if (!signal.aborted) await send(job);
    }
  }
  const stop = (): void => void forwarder.close(Promise.resolve(), 0);
  signal.addEventListener("abort", stop, { once: true });
  try {
    await Promise.all(Array.from({ length: Math.min(concurrency, queue.length) }, work));
  } finally {
    signal.removeEventListener("abort", stop);
    await forwarder.close(Promise.resolve());
    view.end();
  }
  if (signal.aborted) return "interrupted";
  if (!isReached) return "unreachable";
  return isRight ? "done" : "fell-short";
}
