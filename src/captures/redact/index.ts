// redact/: recordings that can be shown to others.
export { findRemains, tellingTexts } from "./find-remains.js";
export type { Remains } from "./find-remains.js";
export { Pseudonyms } from "./pseudonyms.js";
export { redactRecording } from "./redact-recording.js";
