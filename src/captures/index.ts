// captures/: recorded deliveries: the store of those that came, and files of them.
export { findCaptureFiles } from "./find-capture-files.js";
export { readCaptureBytes, readCaptures } from "./read-captures.js";
export type { Capture } from "./read-captures.js";
export { isMeant, payloadOf, querySubject, selectCaptures, senderOf } from "./capture-filter.js";
export type { CaptureFilter } from "./capture-filter.js";
export type { CaptureLine } from "./capture-line.js";
export { writeCapture } from "./capture-line.js";
export { CaptureWriter } from "./capture-writer.js";
export type { CaptureCounts, CaptureWriterOptions } from "./capture-writer.js";
export { clearStore } from "./clear-store.js";
export type { ClearCounts } from "./clear-store.js";
export { StoreFollower } from "./follow-store.js";
export { findCapture, isCaptureName } from "./find-capture.js";
export { capturesNewestFirst } from "./read-store.js";
export { hasFingerprint, hookSecretHeaderOf, hookSecretOf, SecretCover, storeCover } from "./secret-cover.js";
export type {
  CaptureAnswer,
  CaptureFacts,
  CaptureForward,
  CaptureSource,
  NewCapture,
  StoredCapture,
} from "./stored-capture.js";
export { capturesInOrder, importCaptures, recordingAsCapture, splitRecordings } from "./transfer.js";
export type { ImportCounts, ImportedRecording } from "./transfer.js";
export { findRemains, Pseudonyms, redactRecording, tellingTexts } from "./redact/index.js";
export type { Remains } from "./redact/index.js";
