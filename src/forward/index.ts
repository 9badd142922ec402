// forward/: hands a delivery on to a handler, byte for byte.
export { forwardedHeaders } from "./forwarded-headers.js";
export { Forwarder } from "./forwarder.js";
export type { ForwardAnswer, ForwarderOptions, Handed } from "./forwarder.js";
export { takesEvent } from "./route.js";
export type { Route } from "./route.js";
