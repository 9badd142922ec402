// reporters/: results as text for people and programs. A reporter returns text and prints nothing.
export { describeFinding } from "./describe-finding.js";
export { prettyFindings } from "./pretty-findings.js";
export type { ReportStyle } from "./report-style.js";
export { prettyValidation, validationReport } from "./validation-report.js";
export type { ValidationReport, ValidationResult } from "./validation-report.js";
