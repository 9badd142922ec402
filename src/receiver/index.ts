// receiver/: the HTTP endpoint for deliveries: verify → parse → validate → decide → respond.
export type { DeliveryEvent, ReceivedRequest } from "./delivery-event.js";
export { DeliveryTally } from "./delivery-tally.js";
export type { DeliveryCounts } from "./delivery-tally.js";
export { createHandler } from "./handler.js";
export type { BeforeAnswer, HandlerOptions, OnDelivery, OtherAnswer } from "./handler.js";
export { createIntake } from "./intake.js";
export { createReceiver } from "./receiver.js";
export type { Receiver, ReceiverAddress, ReceiverOptions } from "./receiver.js";
