// Hands deliveries on to handlers, byte for byte: each once, or as often as an instance would try.
import { createSender, type DeliveryProgress, type Redirect, type Sender } from "../delivery/index.js";
import type { Network } from "../network/index.js";
import { type DeliveryPolicy, deliveryTo, type HeaderPair, type WireDelivery } from "../protocol/index.js";
import { type ForwardAnswer, forwardAnswer } from "./forward-answer.js";
import { forwardedHeaders, type SecretForHandler, withHeaders, withSecret } from "./forwarded-headers.js";
import { type Route, targetUrl } from "./route.js";

export interface ForwarderOptions {
  /** Told of each redirect, which takes the hook's headers along, the secret included. */
  readonly onRedirect?: ((redirect: Redirect) => void) | undefined;
  /** Proxies, and whom TLS trusts. Default: none, and whom Node trusts. */
  readonly network?: Network | undefined;
  /** How long a handler has. Default: as long as the server waits that a delivery came from. */
  readonly timeoutMs?: number | undefined;
  /** Each in place of those of its name that came, or added. */
  readonly headers?: readonly HeaderPair[] | undefined;
  /** Try again by the policy of the server, its waits divided by this; undefined for one attempt. */
  readonly retryScale?: number | undefined;
  /** A number in [0, 1) for the jitter of each wait; default `Math.random`. */
  readonly random?: (() => number) | undefined;
}

/** One delivery for one target. */
export interface Handed {
  readonly route: Route;
  readonly delivery: WireDelivery;
  /** That of the server that it came from: how long it waits, what it tries again. */
  readonly policy: DeliveryPolicy;
  readonly secret?: SecretForHandler;
}

/** Told of every attempt's answer, the last one included. */
export type OnAnswer = (answer: ForwardAnswer) => void;

/** Keeps connections to the handlers until it is closed. */
export class Forwarder {
  readonly #options: ForwarderOptions;
  readonly #sender: Sender;
  readonly #stop = new AbortController();
  readonly #underWay = new Set<Promise<ForwardAnswer>>();

  constructor(options: ForwarderOptions = {}) {
    this.#options = options;
    this.#sender = createSender(options);
  }

  /** Hands one on, and resolves with the last answer. Never rejects: no answer is an answer of its own. */
  hand(handed: Handed, onAnswer: OnAnswer = () => {}): Promise<ForwardAnswer> {
    const answering = this.#deliver(handed, onAnswer).finally(() => this.#underWay.delete(answering));
    this.#underWay.add(answering);
    return answering;
  }

  /** Cuts off what is under way, and waits for no further attempt. */
  cut(): void {
    this.#stop.abort();
  }

  /**
   * Ends once nothing more comes and every handler has answered. After `patienceMs`, counted from now, what is still
   * under way is cut off; without it each has as long as the server it came from would wait.
   */
  async close(nothingMore: Promise<void>, patienceMs?: number): Promise<void> {
    const cut = patienceMs === undefined ? undefined : setTimeout(() => this.cut(), patienceMs);
    await nothingMore;
    await Promise.all(this.#underWay);
    clearTimeout(cut);
    await this.#sender.close();
  }

  async #deliver({ route, delivery, policy, secret }: Handed, onAnswer: OnAnswer): Promise<ForwardAnswer> {
    const { retryScale, timeoutMs, headers: more = [], onRedirect } = this.#options;
    const url = targetUrl(route.url, delivery.path);
    const headers = withHeaders(withSecret(forwardedHeaders(delivery.headers), secret), more);
    // An answer is told once it is known whether another attempt follows.
    let last: ForwardAnswer | undefined;
    const tell = (wait: Pick<ForwardAnswer, "retryInMs"> = {}): void => {
      if (last !== undefined) onAnswer({ ...last, ...wait });
      last = undefined;
    };
    const onEvent = (event: DeliveryProgress): void => {
      if (event.kind === "redirected") onRedirect?.(event.redirect);
      if (event.kind === "waiting") tell({ retryInMs: event.scaledMs });
      if (event.kind !== "ended") return;
      const attempt = retryScale === undefined ? {} : { attempt: event.attempt.n };
      last = { ...forwardAnswer(url.href, event.attempt), ...attempt };
    };
    const { attempts } = await this.#sender.deliver(deliveryTo(url, { headers, body: delivery.body }), url.href, {
      policy,
      timeoutMs,
      retry: retryScale !== undefined,
      timeScale: retryScale,
      signal: this.#stop.signal,
      onEvent,
    });
    tell();
    return forwardAnswer(url.href, attempts.at(-1) ?? attempts[0]);
  }
}
