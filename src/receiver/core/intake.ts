// The receiver for deliveries that come another way than over HTTP: the same decisions, without a connection.
import type { WireDelivery } from "../../protocol/index.js";
import { createCore } from "./core.js";
import type { OnDelivery } from "./delivery-event.js";
import type { HandlerOptions } from "./policy.js";

/**
 * Takes deliveries as a receiver with these options would take them as requests, and marks them as synthesised.
 * @throws UsageError `no-secret`
 */
export function createIntake(
  options: Omit<HandlerOptions, "path" | "maxBodyBytes">,
  onDelivery: OnDelivery,
): (delivery: WireDelivery) => void {
  const core = createCore(options, true);
  return (delivery) => {
    const arrival = core.begin(delivery, onDelivery);
    const { body } = delivery;
    // Nobody waits for an answer.
    arrival.settle(arrival.decide(body), body, body.length, () => {});
  };
}
