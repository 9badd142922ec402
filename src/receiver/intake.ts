// The receiver for deliveries that come another way than over HTTP: the same decisions, without a connection.
import { headerLookup, type WireDelivery } from "../protocol/index.js";
import { decide } from "./decide.js";
import { deliveryEvent } from "./delivery-event.js";
import { type HandlerOptions, type OnDelivery, policyOf } from "./handler.js";
import { RecentIds } from "./recent-ids.js";

/**
 * Takes deliveries as a receiver with these options would take them as requests, and marks them as synthesised.
 * @throws UsageError `no-secret`
 */
export function createIntake(
  options: Omit<HandlerOptions, "path" | "maxBodyBytes">,
  onDelivery: OnDelivery,
): (delivery: WireDelivery) => void {
  const policy = policyOf(options);
  const now = options.now ?? Date.now;
  const recent = new RecentIds();
  return (delivery) => {
    const headers = headerLookup(delivery.headers);
    const body = Buffer.from(delivery.body.buffer, delivery.body.byteOffset, delivery.body.byteLength);
    const decision = decide({ ...delivery, headers }, body, policy);
    const eventId = decision.verdict?.eventId;
    const redelivery = typeof eventId === "string" && recent.seenBefore(eventId);
    const event = {
      ...deliveryEvent(decision, { atMs: now(), bytes: body.length, redelivery }),
      synthesised: true,
    } as const;
    const request = {
      ...delivery,
      body,
      httpVersion: "1.1",
      rawHeaders: delivery.headers.flat(),
      payload: decision.payload,
      origin: decision.verdict?.origin,
    };
    // Nobody waits for an answer, so another one is of no use.
    if (options.beforeAnswer === undefined) onDelivery(event, request);
    else void options.beforeAnswer(event, request).finally(() => onDelivery(event, request));
  };
}
