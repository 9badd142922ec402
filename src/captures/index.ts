// captures/: recorded deliveries.
export { findCaptureFiles } from "./find-capture-files.js";
export { readCaptureBytes, readCaptures } from "./read-captures.js";
export type { Capture } from "./read-captures.js";
