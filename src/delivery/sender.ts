// Delivers an event the way an instance does: attempts by the dialect's policy, each byte for byte the same.
import { setMaxListeners } from "node:events";
import type { Network } from "../network/index.js";
import { delayBeforeAttempt, type DeliveryPolicy, outcomeOf, type WireDelivery } from "../protocol/index.js";
import { makeAttempt } from "./attempt.js";
import { type Clock, systemClock } from "./clock.js";
import { openConnections } from "./connections.js";
import type { Attempt, DeliveryOutcome, DeliveryProgress, DeliveryResult } from "./delivery.js";
import { createSlots } from "./slots.js";

/** What a sender is made with. */
export interface SenderOptions {
  /** Attempts at once, over all receivers; the others wait. Default 64, as Misskey 2026.3.2 has it for user hooks. */
  readonly concurrency?: number | undefined;
  /** Proxies, and whom TLS trusts. Default: none, and whom Node trusts. */
  readonly network?: Network | undefined;
  /** Default: the machine's clock. */
  readonly clock?: Clock | undefined;
  /** A number in [0, 1) for the jitter of each wait; default `Math.random`. */
  readonly random?: (() => number) | undefined;
}

/** How one delivery is made. */
export interface DeliverOptions {
  /** Which answers are tried again, how often and when. */
  readonly policy: DeliveryPolicy;
  /** False makes one attempt only. Default true. */
  readonly retry?: boolean | undefined;
  /** For one attempt, redirects included, until the answer's headers. Default: the policy's. */
  readonly timeoutMs?: number | undefined;
  /** `follow` (default) as servers do, with the secret; `manual` takes a redirect as the answer. */
  readonly redirects?: "follow" | "manual" | undefined;
  /** Divides the waits between attempts: with 1000, a minute takes 60 ms. Default 1. */
  readonly timeScale?: number | undefined;
  /** Ends the attempt under way and the schedule; the result is then `failed` with `aborted`. */
  readonly signal?: AbortSignal | undefined;
  readonly onEvent?: ((event: DeliveryProgress) => void) | undefined;
}

/** A handle on kept-alive connections, for one delivery or for thousands. */
export interface Sender {
  /**
   * Never rejects for what a receiver does: no response is an outcome. Every attempt sends exactly this delivery; `host`,
   * `connection` and `content-length` are the transport's, unless its headers have them.
   * @param to the URL of the receiver: its scheme, host and port say where; the path is the delivery's own
   */
  readonly deliver: (delivery: WireDelivery, to: string, options: DeliverOptions) => Promise<DeliveryResult>;
  /** Drops the connections, those of deliveries under way too. */
  readonly close: () => Promise<void>;
}

function outcomeOfDelivery(last: Attempt): DeliveryOutcome {
  if (last.status === null) return "failed";
  return last.status >= 200 && last.status < 300 ? "delivered" : "refused";
}

/** Opens nothing yet: connections come with the deliveries. Call `close()` in the end, or the process waits for them. */
export function createSender(options: SenderOptions = {}): Sender {
  const { concurrency = 64, clock = systemClock, random = Math.random, network } = options;
  const connections = openConnections(network);
  const inSlot = createSlots(concurrency);

  async function deliver(delivery: WireDelivery, to: string, how: DeliverOptions): Promise<DeliveryResult> {
    const { policy, retry = true, timeScale = 1, signal, onEvent = () => {} } = how;
    // One signal may stop thousands of deliveries, and each listens to it.
    if (signal) setMaxListeners(0, signal);
    const attempts = retry ? policy.attempts : 1;
    const attempt = (n: number): Promise<Attempt> =>
      inSlot(async () => {
        onEvent({ kind: "started", n });
        const made = await makeAttempt(n, delivery, to, connections, clock, {
          timeoutMs: how.timeoutMs ?? policy.timeoutMs,
          redirects: how.redirects ?? "follow",
          signal,
          onRedirect: (redirect) => onEvent({ kind: "redirected", n, redirect }),
        });
        onEvent({ kind: "ended", attempt: made });
        return made;
      });

    let last = await attempt(1);
    const made: [Attempt, ...Attempt[]] = [last];
    for (let n = 2; n <= attempts && outcomeOf(policy, last) === "retry"; n++) {
      const delayMs = delayBeforeAttempt(policy, n, random());
      const scaledMs = delayMs / timeScale;
      onEvent({ kind: "waiting", n, delayMs, scaledMs });
      await clock.sleep(scaledMs, signal);
      if (signal?.aborted === true) break;
      last = await attempt(n);
      made.push(last);
    }
    return { outcome: outcomeOfDelivery(last), attempts: made };
  }

  return { deliver, close: () => connections.close() };
}
