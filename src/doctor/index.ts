// doctor/: examines what has to work for webhooks to arrive, from the user's files to the handler's answer.
export type { Diagnosis, DiagnosisVerdict } from "./diagnosis.js";
export { problemOf, warning } from "./diagnosis.js";
export { examineAccount } from "./examine-account.js";
export { examineHooks, examineListeners, examineReports } from "./examine-hooks.js";
export { examineNetwork, examineSettings } from "./examine-settings.js";
export { examineTarget } from "./examine-target.js";
export type { TargetOptions } from "./examine-target.js";
