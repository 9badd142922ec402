// samples/: realistic deliveries for every event and variant, in the shape of any dialect, and how a user changes them.
export { applyOverrides } from "./apply-overrides.js";
export { buildSample } from "./build-sample.js";
export type { Sample, SampleRequest } from "./build-sample.js";
export { dialectWriter } from "./dialect-writer.js";
export type { DialectWriter } from "./dialect-writer.js";
export { readFixture } from "./fixtures.js";
export { listSamples } from "./fixture-files.js";
export type { SampleInfo } from "./fixture-files.js";
export { seededSource } from "./seeded-source.js";
