// "misskey-hooks/receiver": an endpoint for deliveries, as a server, a node:http listener, or a web handler.
import { en } from "../reporters/messages/en.js";
import { speak } from "../reporters/messages/index.js";

speak(en);

export { MisskeyHooksError } from "../errors.js";
export { resolveDialect } from "../protocol/index.js";
export type { Dialect, Finding, HeaderPair, Verdict, WireDelivery } from "../protocol/index.js";
export { createHandler, createReceiver, createWebHandler } from "../receiver/index.js";
export type {
  DeliveryEvent,
  HandlerOptions,
  OnDelivery,
  OnRequest,
  ReceivedDelivery,
  ReceivedRequest,
  Receiver,
  ReceiverAddress,
  ReceiverOptions,
} from "../receiver/index.js";
