// Hands deliveries on to handlers, each once, as an instance would deliver them.
import { createSender, type Redirect, type Sender } from "../delivery/index.js";
import { type DeliveryPolicy, deliveryTo, type WireDelivery } from "../protocol/index.js";
import { forwardedHeaders } from "./forwarded-headers.js";
import { type Route, targetUrl } from "./route.js";

export interface ForwarderOptions {
  /** Told of each redirect, which takes the hook's headers along, the secret included. */
  readonly onRedirect?: ((redirect: Redirect) => void) | undefined;
}

/** One delivery for one target. */
export interface Handed {
  readonly route: Route;
  readonly delivery: WireDelivery;
  /** How long the server that it came from waits for an answer. */
  readonly policy: DeliveryPolicy;
}

/** What a handler answered. */
export interface ForwardAnswer {
  /** Where it was handed to. */
  readonly url: string;
  /** null when there was no answer; `error` then says why. */
  readonly status: number | null;
  /** Until the answer's headers, or the failure; whole milliseconds. */
  readonly ms: number;
  /** A 2xx. */
  readonly ok: boolean;
  /** What an answer other than a 2xx says: short, printable, without the secret. */
  readonly body?: string;
  /** A sentence. */
  readonly error?: string;
}

/** Keeps connections to the handlers until it is closed. */
export class Forwarder {
  readonly #options: ForwarderOptions;
  readonly #sender: Sender = createSender();
  readonly #stop = new AbortController();
  readonly #underWay = new Set<Promise<ForwardAnswer>>();

  constructor(options: ForwarderOptions = {}) {
    this.#options = options;
  }

  /** Hands one on. Never rejects: no answer is an answer of its own. */
  hand(handed: Handed): Promise<ForwardAnswer> {
    const answering = this.#deliver(handed).finally(() => this.#underWay.delete(answering));
    this.#underWay.add(answering);
    return answering;
  }

  /**
   * Ends once nothing more comes and every handler has answered. After `patienceMs`, counted from now, what is still
   * under way is cut off; without it each has as long as the server it came from would wait.
   */
  async close(nothingMore: Promise<void>, patienceMs?: number): Promise<void> {
    const cut = patienceMs === undefined ? undefined : setTimeout(() => this.#stop.abort(), patienceMs);
    await nothingMore;
    await Promise.all(this.#underWay);
    clearTimeout(cut);
    await this.#sender.close();
  }

  async #deliver({ route, delivery, policy }: Handed): Promise<ForwardAnswer> {
    const url = targetUrl(route.url, delivery.path);
    const { body } = delivery;
    const { attempts, outcome } = await this.#sender.deliver(
      deliveryTo(url, { headers: forwardedHeaders(delivery.headers), body }),
      url.href,
      {
        policy,
        retry: false,
        signal: this.#stop.signal,
        onEvent: (event) => {
          if (event.kind === "redirected") this.#options.onRedirect?.(event.redirect);
        },
      },
    );
    const [{ status, ms, body: said, error }] = attempts;
    return {
      url: url.href,
      status,
      ms,
      ok: outcome === "delivered",
      ...(said === undefined ? {} : { body: said }),
      ...(error === undefined ? {} : { error: error.message }),
    };
  }
}
