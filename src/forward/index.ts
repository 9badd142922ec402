// forward/: hands a delivery on to a handler, byte for byte.
export { gatewayStatus, worstAnswer } from "./forward-answer.js";
export type { ForwardAnswer } from "./forward-answer.js";
export { forwardedHeaders, isOfConnection } from "./forwarded-headers.js";
export type { SecretForHandler } from "./forwarded-headers.js";
export { Forwarder } from "./forwarder.js";
export type { ForwarderOptions, Handed } from "./forwarder.js";
export { takesEvent } from "./route.js";
export type { Route } from "./route.js";
