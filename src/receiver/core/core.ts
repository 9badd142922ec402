// The receiver without a runtime: from a request's head to the decision, and from the decision to what is told of it.
import { headerLookup, type WireDelivery } from "../../protocol/index.js";
import { type Decision, decide, decideByHead, type Refusal, tooLarge } from "./decide.js";
import {
  type Answered,
  answeredOtherwise,
  type BeforeAnswer,
  deliveryEvent,
  type DeliveryEvent,
  type OnDelivery,
  type OtherAnswer,
  type ReceivedDelivery,
} from "./delivery-event.js";
import { type HandlerOptions, policyOf } from "./policy.js";
import { RecentIds } from "./recent-ids.js";

/** A request whose head has arrived. A rim asks for its refusal, reads the body, has it decided, answers, and tells. */
export interface Arrival {
  /** What the head alone decides; undefined when the body is worth reading. */
  readonly refusal: Refusal | undefined;
  /** What becomes of it with its whole body. Never throws: a fault of ours is a 500 that names it. */
  readonly decide: (body: Uint8Array) => Decision;
  /**
   * Has it answered, and tells the listener. `bytes` were read, which may be more than is left of the body; `respond` is
   * called once, with the answer to send.
   */
  readonly settle: (decision: Decision, body: Uint8Array, bytes: number, respond: (answered: Answered) => void) => void;
}

/** What is told of a delivery. A rim's own is one literal: spreading objects took a twentieth of a request. */
export type Pack = (body: Uint8Array, payload: unknown, origin: ReceivedDelivery["origin"]) => ReceivedDelivery;

/** What a rim is built around. */
export interface Core {
  /** A body over this is refused with `tooLarge`. */
  readonly maxBodyBytes: number;
  readonly tooLarge: Refusal;
  /**
   * `onDelivery` is told of this one delivery, once.
   * @param pack adds what a rim knows besides to what is told
   */
  readonly begin: (head: Omit<WireDelivery, "body">, onDelivery: OnDelivery, pack?: Pack) => Arrival;
}

/**
 * @param synthesised its deliveries never are requests
 * @throws UsageError `no-secret`
 */
export function createCore(options: HandlerOptions, synthesised = false): Core {
  const policy = policyOf(options);
  const now = options.now ?? Date.now;
  const recent = new RecentIds();

  const begin: Core["begin"] = (delivery, onDelivery, pack) => {
    const atMs = now();
    const { method, path } = delivery;
    const headers = headerLookup(delivery.headers);
    const head = { method, path, headers };
    return {
      refusal: decideByHead(head, policy),
      decide: (body) => {
        try {
          return decide(head, body, policy);
        } catch (error) {
          const message = error instanceof Error ? error.message : String(error);
          return { status: 500, reason: `this is a bug in misskey-hooks: ${message}` };
        }
      },
      settle: (decision, body, bytes, respond) => {
        const told = (): readonly [DeliveryEvent, ReceivedDelivery] => {
          const { verdict, payload } = decision;
          const eventId = verdict?.eventId;
          const redelivery = typeof eventId === "string" && recent.seenBefore(eventId);
          const origin = verdict?.origin;
          const received = pack?.(body, payload, origin) ?? {
            method,
            path,
            headers: delivery.headers,
            body,
            payload,
            origin,
          };
          const event = deliveryEvent(decision, { atMs, bytes, redelivery, headers });
          return [synthesised ? { ...event, synthesised } : event, received];
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
      },
    };
  };
  return { maxBodyBytes: policy.maxBodyBytes, tooLarge: tooLarge(policy), begin };
}

/** One who fails to answer must not leave the sender without any. */
async function otherAnswer(
  ask: BeforeAnswer,
  event: DeliveryEvent,
  delivery: ReceivedDelivery,
): Promise<OtherAnswer | undefined> {
  try {
    return await ask(event, delivery);
  } catch (error) {
    return { status: 500, reason: `it could not be taken: ${error instanceof Error ? error.message : String(error)}` };
  }
}
