// What a person sees while `check` runs, and its report in every form.
import {
  type CheckReport,
  type CheckRow,
  ndjsonOfChecks,
  prettyCheck,
  prettyChecks,
  prettyCheckSummary,
  prettySkipped,
  reportOfChecks,
} from "../../reporters/index.js";
import type { CommandContext } from "../command.js";
import type { Reportable } from "../output/reports.js";
import { reportStyle } from "../output/style.js";

export interface CheckView {
  readonly show: (row: CheckRow) => void;
  readonly end: (report: CheckReport) => void;
}

/** Shows each check as it ends; several skipped for one reason share a line. Silent when a report takes the output. */
export function checkView(context: CommandContext, isSilent: boolean): CheckView {
  if (isSilent) return { show: () => {}, end: () => {} };
  const style = reportStyle(context.colour.result);
  let skipped: CheckRow[] = [];
  let above: CheckRow | undefined;
  const flush = (): void => {
    if (skipped.length > 0 && !context.quiet) context.result(prettySkipped(skipped, style));
    skipped = [];
  };
  return {
    show: (row) => {
      const [first] = skipped;
      if (first && (row.verdict !== "skip" || row.message !== first.message)) flush();
      if (row.verdict === "skip") skipped.push(row);
      else if (!context.quiet || row.verdict !== "pass")
        context.result(context.asCalledHere(prettyCheck(row, style, above)));
      above = row;
    },
    end: (report) => {
      flush();
      context.result(context.asCalledHere(prettyCheckSummary(report, style)));
    },
  };
}

/** The report in every form, without colours: it goes to files. */
export function reportableChecks(report: CheckReport, tookMs: ReadonlyMap<string, number>): Reportable {
  const plain = reportStyle(false);
  return {
    report: reportOfChecks(report, tookMs),
    pretty: () => [prettyChecks(report.checks, plain), prettyCheckSummary(report, plain)].join("\n"),
    json: () => JSON.stringify(report),
    ndjson: () => ndjsonOfChecks(report),
  };
}
