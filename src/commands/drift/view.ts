// Drift as a table, as data, and as an entry for each key in the reports of CI systems.
import type { Drift } from "../../conformance/index.js";
import { createTheme, printable, table } from "../../terminal/index.js";
import type { Reportable } from "../output/reports.js";

/** What `drift --json` prints. */
export interface DriftReport {
  readonly ok: boolean;
  /** What the captures were compared with: a dialect, an instance, a path. */
  readonly against: string;
  /** How many deliveries were looked at. */
  readonly captures: number;
  readonly drift: readonly Drift[];
}

function sentence({ object, key, change, expected, received, seen, of }: Drift): string {
  const where = `${object}.${key}`;
  if (change === "new") return `${where} is new: ${received}, in ${seen} of ${of}`;
  if (change === "gone") return `${where} is gone from ${seen} of ${of}: expected ${expected}`;
  return `${where}: expected ${expected}, received ${received}, in ${seen} of ${of}`;
}

function pretty({ ok, against, captures, drift }: DriftReport, colour: boolean, columns?: number): string {
  const theme = createTheme(colour);
  const standard = printable(against);
  const deliveries = captures === 1 ? "1 delivery" : `${captures} deliveries`;
  if (ok) return theme.good(`${deliveries} compared with ${standard}: no drift`);
  const paints = { new: theme.good, gone: theme.bad, type: theme.bad, nullability: theme.warning };
  const rows = drift.map(({ object, key, change, expected, received, seen, of, source }) => [
    { text: change, paint: paints[change] },
    `${object}.${key}`,
    expected,
    received,
    `${seen} of ${of}`,
    { text: source, paint: theme.faint },
  ]);
  const head = ["change", "key", "expected", "received", "in", "first seen in"];
  const count = drift.length === 1 ? "1 difference" : `${drift.length} differences`;
  return `${table(head, rows, columns)}\n${theme.warning(`${deliveries} compared with ${standard}: ${count}`)}`;
}

/** The report in every form. */
export function driftView(
  report: DriftReport,
): Reportable & { readonly prettyOn: (colour: boolean, columns?: number) => string } {
  const { drift, ...about } = report;
  return {
    prettyOn: (colour, columns) => pretty(report, colour, columns),
    pretty: () => pretty(report, false),
    json: () => JSON.stringify(report),
    ndjson: () =>
      [...drift.map((one) => ({ kind: "drift", ...one })), { kind: "end", ...about }]
        .map((line) => JSON.stringify(line))
        .join("\n"),
    report: {
      title: `misskey-hooks drift against ${report.against}`,
      ok: report.ok,
      entries: drift.map((one) => ({
        name: `${one.object}.${one.key}`,
        group: one.object,
        verdict: one.change === "new" ? "warn" : "fail",
        title: one.change,
        message: sentence(one),
        details: [`First seen in ${one.source}`],
      })),
    },
  };
}
