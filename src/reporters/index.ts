// reporters/: results as text for people and programs. A reporter returns text and prints nothing.
export { prettyDelivery } from "./delivery-report.js";
export type { AttemptReport, DeliveryReport } from "./delivery-report.js";
export { diagnosisInWords } from "./diagnosis-in-words.js";
export { durationInWords } from "./duration-in-words.js";
export { maskHeaders, requestAsCurl, requestAsHttp } from "./request-as-text.js";
export type { RequestText } from "./request-as-text.js";
export { summarizePayload } from "./payload-summary.js";
export type { PayloadSummary } from "./payload-summary.js";
export { prettyFindings } from "./pretty-findings.js";
export type { ReportStyle } from "./report-style.js";
export { ndjsonOfValidation, prettyValidation, reportOfValidation, validationReport } from "./validation-report.js";
export type { ValidationReport, ValidationResult } from "./validation-report.js";
export {
  checkReport,
  ndjsonOfChecks,
  prettyCheck,
  prettyChecks,
  prettyCheckSummary,
  prettySkipped,
  reportOfChecks,
  whyUntested,
} from "./check-report.js";
export type { CheckReport, CheckRow } from "./check-report.js";
export { githubAnnotations, githubSummary } from "./github.js";
export { junitReport } from "./junit.js";
export type { Report, ReportEntry } from "./report.js";
export { tapReport } from "./tap.js";
export { shellQuote, shellWord } from "./shell-quote.js";
