// pipeline/: a source → judged deliveries → sinks. What `listen` does, and whatever else takes deliveries in.
export { openAccountStream } from "./account-stream.js";
export type { AccountStreamOptions } from "./account-stream.js";
export { Capturing } from "./capturing.js";
export type { CapturingOptions } from "./capturing.js";
export type { Channel } from "./all-sinks.js";
export { openEndpoint } from "./endpoint.js";
export type { EndpointOptions, Rules, Undo } from "./endpoint.js";
export { Faulting } from "./faulting.js";
export { Forwarding } from "./forwarding.js";
export type { ChoosingRoute, ForwardingOptions } from "./forwarding.js";
export { shortId } from "./judged-delivery.js";
export type { JudgedDelivery, SourceKind } from "./judged-delivery.js";
export { runPipeline } from "./run.js";
export type { Limits, RunResult } from "./run.js";
export type { End, Ending, EndReason, Sink, TellForward } from "./sink.js";
export type { Source, StartSource } from "./source.js";
