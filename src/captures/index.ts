// captures/: recorded deliveries.
export { findCaptureFiles } from "./find-capture-files.js";
export { readCaptures } from "./read-captures.js";
export type { Capture } from "./read-captures.js";
