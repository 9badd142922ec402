// The receiver as a plain node:http request listener, to put into a server of one's own.
import type { IncomingMessage, ServerResponse } from "node:http";
import { UsageError } from "../errors.js";
import { type Dialect, headerLookup, headerPairs } from "../protocol/index.js";
import type { Policy } from "./decide.js";
import { deliveryEvent, type DeliveryEvent, type ReceivedRequest } from "./delivery-event.js";
import { type Abandon, startExchange } from "./exchange.js";
import { RecentIds } from "./recent-ids.js";
import { SecretSet } from "./secret-set.js";

/** What a receiver accepts, and how it judges. */
export interface HandlerOptions {
  /** The secrets that are accepted, at least one; several during a rotation. `""` is a hook without a secret. */
  readonly secrets: readonly string[];
  /** The one path to serve as senders write it: with a leading `/`, without a query. Every path when undefined. */
  readonly path?: string | undefined;
  /** Pins the dialect: its header names, its required keys. Undefined detects it by the headers. */
  readonly as?: Dialect | undefined;
  /** Bodies over this are answered 413. Default 1 MiB. */
  readonly maxBodyBytes?: number | undefined;
  /** Answer 422 to a payload with findings of severity error; by default they are reported and accepted. */
  readonly strict?: boolean | undefined;
  /** The only events that should come; others are accepted, and reported as not ok. Undefined expects all. */
  readonly expectedEvents?: readonly string[] | undefined;
  /** Milliseconds since the epoch. Default `Date.now`. */
  readonly now?: (() => number) | undefined;
  /**
   * Asked once a request is decided and before it is answered; the answer waits for it. What it resolves to is answered
   * in place of the receiver's own decision; when it rejects, that is 500.
   */
  readonly beforeAnswer?: BeforeAnswer | undefined;
}

/** An answer in place of the receiver's own. */
export interface OtherAnswer {
  readonly status: number;
  /** Why, in words: told with the delivery. */
  readonly reason?: string;
}

/** `event` says what would be answered. */
export type BeforeAnswer = (event: DeliveryEvent, request: ReceivedRequest) => Promise<OtherAnswer | undefined>;

/** Told about each request after it was answered. */
export type OnDelivery = (event: DeliveryEvent, request: ReceivedRequest) => void;

const defaultMaxBodyBytes = 1024 * 1024;

/** @throws UsageError `no-secret` */
export function policyOf(options: HandlerOptions): Policy {
  if (options.secrets.length === 0) {
    throw new UsageError("no-secret", "A receiver without a secret would accept anything from anyone.", {
      hint: "Give it at least one secret; an empty one stands for a hook that was made without.",
    });
  }
  return {
    secrets: new SecretSet(options.secrets),
    path: options.path,
    as: options.as,
    maxBodyBytes: options.maxBodyBytes ?? defaultMaxBodyBytes,
    strict: options.strict ?? false,
    expectedEvents: options.expectedEvents === undefined ? undefined : new Set(options.expectedEvents),
  };
}

/**
 * A request listener for `http.createServer()` that answers as the receiver does.
 * The function that it returns ends an exchange whose connection broke; a server of one's own may ignore it.
 * @throws UsageError `no-secret`
 */
export function createHandler(
  options: HandlerOptions,
  onDelivery: OnDelivery,
): (request: IncomingMessage, response: ServerResponse) => Abandon {
  const policy = policyOf(options);
  const now = options.now ?? Date.now;
  const recent = new RecentIds();
  return (request, response) => {
    const atMs = now();
    const { method = "", url: path = "", httpVersion, rawHeaders } = request;
    const pairs = headerPairs(rawHeaders);
    const headers = headerLookup(pairs);
    const head = { method, path, headers };
    return startExchange(request, head, response, policy, (decision, body, bytes, respond) => {
      const told = (): readonly [DeliveryEvent, ReceivedRequest] => {
        const eventId = decision.verdict?.eventId;
        const redelivery = typeof eventId === "string" && recent.seenBefore(eventId);
        const { payload, verdict } = decision;
        const received = {
          method,
          path,
          headers: pairs,
          body,
          httpVersion,
          rawHeaders,
          payload,
          origin: verdict?.origin,
        };
        return [deliveryEvent(decision, { atMs, bytes, redelivery, headers }), received];
      };
      if (options.beforeAnswer === undefined) {
        respond(decision);
        onDelivery(...told());
        return;
      }
      const [event, received] = told();
      void otherAnswer(options.beforeAnswer, event, received).then((other) => {
        respond(other ?? decision);
        return onDelivery(other === undefined ? event : answeredOtherwise(event, other), received);
      });
    });
  };
}

/** One who fails to answer must not leave the sender without any. */
async function otherAnswer(
  ask: BeforeAnswer,
  event: DeliveryEvent,
  request: ReceivedRequest,
): Promise<OtherAnswer | undefined> {
  try {
    return await ask(event, request);
  } catch (error) {
    return { status: 500, reason: `it could not be taken: ${error instanceof Error ? error.message : String(error)}` };
  }
}

function answeredOtherwise(event: DeliveryEvent, { status, reason }: OtherAnswer): DeliveryEvent {
  return { ...event, status, ok: event.ok && status < 300, ...(reason === undefined ? {} : { reason }) };
}
