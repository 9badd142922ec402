// Findings as lines under whatever they belong to.
import type { Finding, Severity } from "../protocol/index.js";
import { describeFinding } from "./describe-finding.js";
import type { ReportStyle } from "./report-style.js";

const roles: Readonly<Record<Severity, "bad" | "warning" | "faint">> = {
  error: "bad",
  warning: "warning",
  info: "faint",
};

/** One indented line per finding, errors first, then warnings, then what is only worth knowing. */
export function prettyFindings(findings: readonly Finding[], style: ReportStyle): string[] {
  const order: readonly Severity[] = ["error", "warning", "info"];
  const sorted = findings.toSorted((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
  return sorted.map((finding) => {
    const label = style[roles[finding.severity]](finding.severity.padEnd(7));
    return `    ${label} ${style.safe(describeFinding(finding), 200)} ${style.faint(`[${finding.code}]`)}`;
  });
}
