// delivery/: sends events the way an instance does.
export type { Clock } from "./clock.js";
export type { Attempt, DeliveryOutcome, DeliveryProgress, DeliveryResult, Redirect } from "./delivery.js";
export { failureOf } from "./failure.js";
export type { Failure, FailureCode } from "./failure.js";
export { openHttpClient } from "./http-client.js";
export type { HttpClient } from "./http-client.js";
export { createSender } from "./sender.js";
export type { DeliverOptions, Sender, SenderOptions } from "./sender.js";
export { createSlots } from "./slots.js";
export type { InSlot } from "./slots.js";
