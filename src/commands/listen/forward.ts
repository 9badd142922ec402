// listen --forward-to: hands each accepted delivery on to a handler, byte for byte and with its headers, once.
import { createSender, type DeliveryResult, type Sender } from "../../delivery/index.js";
import { deliveryTo, type DeliveryPolicy, type HeaderPair, resolveDialect } from "../../protocol/index.js";
import type { DeliveryEvent, ReceivedRequest } from "../../receiver/index.js";
import type { ReportStyle } from "../../reporters/index.js";
import type { CommandContext } from "../command.js";
import { reportStyle } from "../output/style.js";
import type { Route } from "../options/settings.js";

/** What became of a delivery that was handed on; its keys are a contract that scripts rely on. */
export interface ForwardEvent {
  readonly kind: "forward";
  /** When the answer came, ISO 8601. */
  readonly at: string;
  readonly url: string;
  readonly event: string | null;
  readonly eventId: string | null;
  /** Of the handler's answer; null when there was none. */
  readonly status: number | null;
  readonly ms: number;
  /** The handler answered with a 2xx. */
  readonly ok: boolean;
  /** Why there was no answer. */
  readonly error?: string;
}

/** The transport's own: they speak of the connection that a delivery came on. */
const notForwarded = new Set(["host", "connection", "keep-alive", "content-length", "transfer-encoding", "expect"]);

function forwardedHeaders(headers: readonly HeaderPair[]): HeaderPair[] {
  return headers.filter(([name]) => !notForwarded.has(name.toLowerCase()));
}

/** Hands deliveries on, and tells what came of it. */
export class Forwarder {
  readonly #context: CommandContext;
  readonly #routes: readonly Route[];
  readonly #sender: Sender = createSender();
  readonly #policy: DeliveryPolicy = resolveDialect("misskey").policy;
  readonly #style: ReportStyle;
  readonly #stop = new AbortController();
  readonly #underWay = new Set<Promise<void>>();
  /** Every handler answered everything with a 2xx. */
  ok = true;

  constructor(routes: readonly Route[], context: CommandContext) {
    this.#routes = routes;
    this.#context = context;
    this.#style = reportStyle(context.colour.result);
  }

  /** Hands it on, unless it was rejected: a handler sees what an instance's own deliveries would show it. */
  take(event: DeliveryEvent, request: ReceivedRequest): void {
    if (event.status >= 300) return;
    for (const { url, events } of this.#routes) {
      if (events !== undefined && !events.includes(event.event ?? "")) continue;
      const forwarding = this.#forward(url, event, request).finally(() => this.#underWay.delete(forwarding));
      this.#underWay.add(forwarding);
    }
  }

  /** Lets what is under way finish for 1.5 s, and stops the rest. */
  async close(): Promise<void> {
    const cut = setTimeout(() => this.#stop.abort(), 1500);
    await Promise.all(this.#underWay);
    clearTimeout(cut);
    await this.#sender.close();
  }

  async #forward(url: URL, event: DeliveryEvent, { headers, body }: ReceivedRequest): Promise<void> {
    const { attempts, outcome } = await this.#sender.deliver(
      deliveryTo(url, { headers: forwardedHeaders(headers), body }),
      url.href,
      { policy: this.#policy, retry: false, signal: this.#stop.signal },
    );
    const ok = outcome === "delivered";
    this.ok &&= ok;
    this.#tell(forwardEvent(url, event, attempts[0], ok, this.#context.now()));
  }

  #tell(forward: ForwardEvent): void {
    const context = this.#context;
    if (context.quiet && forward.ok) return;
    if (context.json) context.result(JSON.stringify(forward));
    else context.result(forwardLine(forward, this.#style));
  }
}

function forwardEvent(
  url: URL,
  { event, eventId }: DeliveryEvent,
  { status, ms, error }: DeliveryResult["attempts"][0],
  ok: boolean,
  nowMs: number,
): ForwardEvent {
  const at = new Date(nowMs).toISOString();
  const why = error === undefined ? {} : { error: error.message };
  return { kind: "forward", at, url: url.href, event, eventId, status, ms, ok, ...why };
}

function forwardLine({ url, status, ms, ok, event, error }: ForwardEvent, style: ReportStyle): string {
  const answer = status === null ? `failed: ${style.safe(error ?? "", 200)}` : `${status} in ${ms} ms`;
  const what = style.faint(style.safe(event ?? "", 40));
  return `    → ${style.safe(url, 80)}  ${what}  ${ok ? style.good(answer) : style.bad(answer)}`;
}
