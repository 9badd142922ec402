// receiver/: the endpoint for deliveries: verify → parse → validate → decide → respond. The core is pure; node/ and web/
// are its rims.
export { SecretSet, wrongSecret } from "./core/check-secret.js";
export { createIntake } from "./core/intake.js";
export type { BeforeAnswer, DeliveryEvent, OnDelivery, OtherAnswer, ReceivedDelivery } from "./core/delivery-event.js";
export { DeliveryTally } from "./core/delivery-tally.js";
export type { DeliveryCounts } from "./core/delivery-tally.js";
export { createFaults } from "./core/faults.js";
export type { Fault, FaultChance, FaultOptions, FaultScript, FaultStep } from "./core/faults.js";
export { parseBody } from "./core/parse-body.js";
export type { HandlerOptions } from "./core/policy.js";
export { createHandler } from "./node/handler.js";
export type { OnRequest, ReceivedRequest } from "./node/handler.js";
export { createReceiver } from "./node/receiver.js";
export type { Receiver, ReceiverAddress, ReceiverOptions } from "./node/receiver.js";
export { createWebHandler } from "./web/handler.js";
