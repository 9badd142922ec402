// A sink: hands on what was accepted, so that a handler sees what an instance's own deliveries would show it.
import {
  type ForwardAnswer,
  Forwarder,
  type ForwarderOptions,
  gatewayStatus,
  type Route,
  type SecretForHandler,
  takesEvent,
  worstAnswer,
} from "../forward/index.js";
import { type DeliveryPolicy, type Dialect, dialectName, dialects, resolveDialect } from "../protocol/index.js";
import type { OtherAnswer } from "../receiver/index.js";
import type { JudgedDelivery } from "./judged-delivery.js";
import type { Ending, Sink, TellForward } from "./sink.js";

/** A route, and what else a delivery has to be for it. */
export interface ChoosingRoute extends Route {
  readonly isMeant?: ((judged: JudgedDelivery) => boolean) | undefined;
}

export interface ForwardingOptions extends ForwarderOptions {
  readonly routes: readonly ChoosingRoute[];
  /** Whose patience handlers have. Default: that of each delivery's own dialect. */
  readonly as?: Dialect | undefined;
  /** What handlers get in place of the secret, of what was accepted; null for none. Default: the secret that came. */
  readonly secret?: SecretForHandler;
  /** Hand on what was refused as well, if its body was read; it stays refused, and its secret as it came. */
  readonly unverified?: boolean | undefined;
  /** Answer with the handlers' worst status, a gateway's when there is none. Default: answer at once. */
  readonly pass?: boolean | undefined;
  /** Once aborted, what is still under way in the end isn't waited for. */
  readonly signal?: AbortSignal | undefined;
}

/** How long a user who wants to leave waits for handlers. */
const hurriedMs = 1500;

/** The worst of the handlers' answers as our own. */
function passedOn(answers: readonly ForwardAnswer[]): OtherAnswer | undefined {
  const worst = worstAnswer(answers);
  if (worst === undefined) return undefined;
  const { host } = new URL(worst.url);
  const said = worst.status === null ? "gave no answer" : `answered ${worst.status}`;
  return {
    status: gatewayStatus(worst),
    passedOn: true,
    ...(worst.ok ? {} : { reason: `the handler at ${host} ${said}` }),
  };
}

/** Hands each accepted delivery on: after its answer, or before it to answer as the handlers do. */
export class Forwarding implements Sink {
  readonly #options: ForwardingOptions;
  readonly #forwarder: Forwarder;
  /** What is to be told of those that were handed on before their answer. */
  readonly #early = new WeakMap<JudgedDelivery["delivery"], readonly ForwardAnswer[]>();
  readonly beforeAnswer?: NonNullable<Sink["beforeAnswer"]>;
  /** Every handler answered everything with a 2xx in the end. */
  ok = true;

  constructor(options: ForwardingOptions) {
    this.#options = options;
    this.#forwarder = new Forwarder(options);
    if (options.pass === true) this.beforeAnswer = (judged) => this.#ask(judged);
  }

  readonly take = (judged: JudgedDelivery, tell: TellForward): void => {
    const answers = this.#early.get(judged.delivery);
    if (answers !== undefined) answers.forEach(tell);
    else if (this.#isHandedOn(judged)) void this.#handOn(judged, tell);
  };

  readonly close = async ({ reason, sourceClosed }: Ending): Promise<void> => {
    this.#options.signal?.addEventListener("abort", () => this.#forwarder.cut(), { once: true });
    await this.#forwarder.close(sourceClosed, reason === "signal" ? hurriedMs : undefined);
  };

  async #ask(judged: JudgedDelivery): Promise<OtherAnswer | undefined> {
    if (!this.#isHandedOn(judged)) return undefined;
    const told: ForwardAnswer[] = [];
    this.#early.set(judged.delivery, told);
    const answers = await this.#handOn(judged, (answer) => void told.push(answer));
    return judged.event.status < 300 ? passedOn(answers) : undefined;
  }

  #isHandedOn({ event, delivery }: JudgedDelivery): boolean {
    if (event.status < 300) return true;
    const isWhole = delivery.body.length > 0 && delivery.body.length === event.bytes;
    return this.#options.unverified === true && event.simulated === undefined && isWhole;
  }

  async #handOn(judged: JudgedDelivery, tell: TellForward): Promise<readonly ForwardAnswer[]> {
    const { event, delivery } = judged;
    const policy = this.#policyOf(event.dialect);
    const { routes, secret: ofHandler } = this.#options;
    // The handler's own secret would vouch for what nobody has verified.
    const secret = event.status < 300 || ofHandler === null ? ofHandler : undefined;
    const meant = routes.filter((route) => takesEvent(route, event.event) && route.isMeant?.(judged) !== false);
    const answers = await Promise.all(
      meant.map((route) => this.#forwarder.hand({ route, delivery, policy, secret }, tell)),
    );
    this.ok &&= answers.every(({ ok }) => ok);
    return answers;
  }

  #policyOf(dialect: string | null): DeliveryPolicy {
    const row = this.#options.as ?? dialects.find((known) => dialectName(known) === dialect);
    return (row ?? resolveDialect("misskey")).policy;
  }
}
