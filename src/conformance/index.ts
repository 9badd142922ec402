// conformance/: checks that probe a handler as an instance would, and drift between captures and schemas.
export { checks } from "./checks/index.js";
export { levels } from "./check.js";
export type { Check, CheckResult, CheckVerdict, Judgement, Level } from "./check.js";
export { observeUrl } from "./observe-url.js";
export { openOutbound } from "./outbound.js";
export type { Outbound } from "./outbound.js";
export { runChecks } from "./run-checks.js";
export type { CheckRun, RunOptions } from "./run-checks.js";
export { findChecks, selectChecks } from "./select-checks.js";
export type { Selection } from "./select-checks.js";
export { startHandler } from "./start-handler.js";
export type { StartedHandler, StartOptions } from "./start-handler.js";
export type { Witness } from "./witness.js";
