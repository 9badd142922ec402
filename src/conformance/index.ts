// conformance/: does a handler survive real life, and do payloads conform? From the lowest floor up: probe/ asks one
// thing, deliveries/ is what is sent, judgement/ what an answer means, handler/ how it is reached and how fast, effects/
// whether it acted, check-context what a check works with, checks/ what is checked, and run/ in which order and how
// long. schema/ and drift/ are about payloads.
export { findDrift } from "./drift/find-drift.js";
export type { Drift, DriftChange } from "./drift/find-drift.js";
export { observeDeliveries, shapeOfSeen } from "./drift/observe-deliveries.js";
export type { Seen, SourcedPayload } from "./drift/observe-deliveries.js";
export type { Shape } from "./drift/shape.js";
export { shapeOfDialect } from "./drift/shape-of-dialect.js";
export { shapeOfSchema } from "./drift/shape-of-schema.js";
export { readApiDocument } from "./schema/api-document.js";
export type { ApiDocument } from "./schema/api-document.js";
export { compileInstanceSchema } from "./schema/instance-schema.js";
export type { InstanceSchema } from "./schema/instance-schema.js";
export { checks } from "./checks/index.js";
export { levels } from "./checks/check.js";
export type { Check, CheckResult, Level } from "./checks/check.js";
export type { CheckVerdict, Judgement } from "./judgement/judgement.js";
export { observeUrl } from "./effects/observe-url.js";
export { openOutbound } from "./effects/outbound.js";
export type { Outbound } from "./effects/outbound.js";
export { runChecks } from "./run/run-checks.js";
export type { CheckRun, RunOptions } from "./run/run-checks.js";
export { findChecks, selectChecks } from "./run/select-checks.js";
export type { Selection } from "./run/select-checks.js";
export { startHandler } from "./handler/start-handler.js";
export type { StartedHandler, StartOptions } from "./handler/start-handler.js";
export type { EffectCounter } from "./effects/effect-counter.js";
