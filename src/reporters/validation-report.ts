// What `validate` found: one object for programs, lines for people. Both from the same results.
import type { Finding, Verdict } from "../protocol/index.js";
import { describeFinding } from "./describe-finding.js";
import { prettyFindings } from "./pretty-findings.js";
import type { Report } from "./report.js";
import type { ReportStyle } from "./report-style.js";

/** The verdict on one delivery, and where it was read. */
export interface ValidationResult extends Pick<Verdict, "event" | "dialect" | "origin" | "ok" | "findings"> {
  /** File, `file:line` for NDJSON, or `-`. */
  readonly source: string;
}

/** What `validate --json` prints. */
export interface ValidationReport {
  readonly ok: boolean;
  readonly checked: number;
  readonly results: readonly ValidationResult[];
}

/**
 * The report over all results. With `strict`, a warning makes a result fall short too.
 */
export function validationReport(results: readonly ValidationResult[], strict: boolean): ValidationReport {
  const fails = ({ severity }: Finding): boolean => severity === "error" || (strict && severity === "warning");
  const judged = results.map((result) => ({ ...result, ok: !result.findings.some(fails) }));
  return { ok: judged.every(({ ok }) => ok), checked: judged.length, results: judged };
}

function prettyResult(result: ValidationResult, style: ReportStyle): string[] {
  const mark = result.ok ? style.good("✓") : style.bad("✗");
  const event = result.event === null ? "no event" : style.safe(result.event, 40);
  const origin = result.origin === "test-button" ? " (test delivery)" : "";
  const dialect = result.dialect === null ? "" : style.faint(` · ${style.safe(result.dialect, 60)}`);
  return [
    `${mark} ${style.safe(result.source, 120)}  ${event}${origin}${dialect}`,
    ...prettyFindings(result.findings, style),
  ];
}

/** Lines for a person; `quiet` leaves out what conforms without any remark. */
export function prettyValidation(report: ValidationReport, style: ReportStyle, quiet = false): string {
  const shown = quiet ? report.results.filter(({ ok }) => !ok) : report.results;
  const failed = report.results.filter(({ ok }) => !ok).length;
  const noun = report.checked === 1 ? "delivery" : "deliveries";
  const summary =
    failed === 0
      ? style.good(`${report.checked} ${noun} checked: all conform`)
      : style.bad(`${report.checked} ${noun} checked: ${failed} ${failed === 1 ? "falls" : "fall"} short`);
  return [...shown.flatMap((result) => prettyResult(result, style)), ...(quiet && failed === 0 ? [] : [summary])].join(
    "\n",
  );
}

/** The same for the formats of CI systems: each delivery is an entry. */
export function reportOfValidation({ ok, results }: ValidationReport): Report {
  return {
    title: "misskey-hooks validate",
    ok,
    entries: results.map((result) => {
      const [first, ...others] = result.findings.filter(({ severity }) => severity !== "info").map(describeFinding);
      return {
        name: result.source,
        group: result.event ?? "no event",
        verdict: result.ok ? (first === undefined ? "pass" : "warn") : "fail",
        title: result.dialect ?? "",
        message: first ?? "",
        details: others,
        file: result.source.replace(/:\d+$/, ""),
      };
    }),
  };
}

/** NDJSON: one line with kind `delivery` for each, one with kind `end` for the rest. */
export function ndjsonOfValidation({ results, ...rest }: ValidationReport): string {
  const lines = results.map((result) => ({ kind: "delivery", ...result }));
  return [...lines, { kind: "end", ...rest }].map((line) => JSON.stringify(line)).join("\n");
}
