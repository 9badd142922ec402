// A sink: hands on what was accepted, so that a handler sees what an instance's own deliveries would show it.
import { Forwarder, type ForwarderOptions, type Handed, type Route, takesEvent } from "../forward/index.js";
import { type DeliveryPolicy, type Dialect, dialectName, dialects, resolveDialect } from "../protocol/index.js";
import type { JudgedDelivery } from "./judged-delivery.js";
import type { Ending, Sink, TellForward } from "./sink.js";

export interface ForwardingOptions extends ForwarderOptions {
  readonly routes: readonly Route[];
  /** Whose patience handlers have. Default: that of each delivery's own dialect. */
  readonly as?: Dialect | undefined;
}

/** How long a user who wants to leave waits for handlers. */
const hurriedMs = 1500;

/** Hands each accepted delivery on, once, after its answer. */
export class Forwarding implements Sink {
  readonly #options: ForwardingOptions;
  readonly #forwarder: Forwarder;
  /** Every handler answered everything with a 2xx. */
  ok = true;

  constructor(options: ForwardingOptions) {
    this.#options = options;
    this.#forwarder = new Forwarder(options);
  }

  readonly take = (judged: JudgedDelivery, tell: TellForward): void => {
    const { event, delivery } = judged;
    if (event.status >= 300) return;
    const policy = this.#policyOf(event.dialect);
    for (const route of this.#options.routes) {
      if (takesEvent(route, event.event)) void this.#hand({ route, delivery, policy }, tell);
    }
  };

  readonly close = async ({ reason, sourceClosed }: Ending): Promise<void> => {
    await this.#forwarder.close(sourceClosed, reason === "signal" ? hurriedMs : undefined);
  };

  async #hand(handed: Handed, tell: TellForward): Promise<void> {
    const answer = await this.#forwarder.hand(handed);
    this.ok &&= answer.ok;
    tell(answer);
  }

  #policyOf(dialect: string | null): DeliveryPolicy {
    const row = this.#options.as ?? dialects.find((known) => dialectName(known) === dialect);
    return (row ?? resolveDialect("misskey")).policy;
  }
}
