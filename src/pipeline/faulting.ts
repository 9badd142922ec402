// A sink: answers what was accepted with faults on purpose, so that a server's or a proxy's behaviour can be seen.
import { setTimeout as wait } from "node:timers/promises";
import { createFaults, type FaultOptions, type OtherAnswer } from "../receiver/index.js";
import type { JudgedDelivery } from "./judged-delivery.js";
import type { Sink } from "./sink.js";

/** What is refused anyway stays so, and takes no step of a script. */
export class Faulting implements Sink {
  readonly #delayMs: number;
  readonly #faultFor: ReturnType<typeof createFaults>;
  readonly #stop = new AbortController();

  constructor(options: FaultOptions) {
    this.#delayMs = options.delayMs ?? 0;
    this.#faultFor = createFaults(options);
  }

  readonly beforeAnswer = async ({ event }: JudgedDelivery): Promise<OtherAnswer | undefined> => {
    if (event.status >= 300) return undefined;
    const fault = this.#faultFor(event.event, event.status);
    // A run that is over answers at once.
    if (this.#delayMs > 0) await wait(this.#delayMs, undefined, { signal: this.#stop.signal }).catch(() => {});
    return fault;
  };

  readonly close = (): Promise<void> => {
    this.#stop.abort();
    return Promise.resolve();
  };
}
