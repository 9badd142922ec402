// The receiver for deliveries that come another way than over HTTP: the same decisions, without a connection.
import { headerMap } from "../protocol/index.js";
import { decide } from "./decide.js";
import { deliveryEvent } from "./delivery-event.js";
import { type HandlerOptions, type OnDelivery, policyOf } from "./handler.js";
import { RecentIds } from "./recent-ids.js";

/** A delivery that never was a request. */
export interface CarriedDelivery {
  /** As a server of the dialect would set them, the secret included. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}

/**
 * Takes deliveries as a receiver with these options would take them as requests, and marks them as synthesised.
 * @throws UsageError `no-secret`
 */
export function createIntake(
  options: Omit<HandlerOptions, "path" | "maxBodyBytes">,
  onDelivery: OnDelivery,
): (delivery: CarriedDelivery) => void {
  const policy = policyOf(options);
  const now = options.now ?? Date.now;
  const recent = new RecentIds();
  return ({ headers, body }) => {
    const rawHeaders = headers.flat();
    const decision = decide({ headers: headerMap(rawHeaders) as Record<string, string> }, body, policy);
    const eventId = decision.verdict?.eventId;
    const redelivery = typeof eventId === "string" && recent.seenBefore(eventId);
    onDelivery(
      { ...deliveryEvent(decision, { atMs: now(), bytes: body.length, redelivery }), synthesised: true },
      {
        method: "POST",
        path: "/",
        httpVersion: "1.1",
        rawHeaders,
        body,
        payload: decision.payload,
        origin: decision.verdict?.origin,
      },
    );
  };
}
