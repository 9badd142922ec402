// What `check` found: one object for programs, lines for people. Both from the same results.
import { countVerdicts, type EntryVerdict, type Report } from "./report.js";
import type { ReportStyle } from "./report-style.js";

/** One check's outcome, as every reporter shows it. */
export interface CheckRow {
  readonly id: string;
  readonly verdict: EntryVerdict;
  readonly severity: "error" | "warning";
  readonly title: string;
  readonly sent: string;
  readonly expected: string;
  /** null when nothing was sent; `body` is what a refusal or failure that counts says, shortened. */
  readonly answered: { readonly status: number | null; readonly ms: number; readonly body?: string } | null;
  readonly message: string;
  /** What to do about it; null when there is nothing to do. */
  readonly hint: string | null;
  /** Known from the baseline, so it doesn't count against the handler. */
  readonly accepted: boolean;
}

/** What `check --json` prints. */
export interface CheckReport {
  readonly ok: boolean;
  readonly url: string;
  readonly level: string;
  readonly stoppedEarly: boolean;
  /** Why, as a sentence. */
  readonly stopReason: string | null;
  readonly counts: Readonly<Record<EntryVerdict, number>>;
  readonly checks: readonly CheckRow[];
}

/** Whether anything was judged at all. */
function isTested(rows: readonly CheckRow[]): boolean {
  return rows.some((row) => row.verdict !== "skip" && (row.verdict !== "unproved" || isAboutSecret(row)));
}

const isAboutSecret = ({ id }: CheckRow): boolean => id.startsWith("secret.");

/** The secret is all that keeps strangers out: from level `standard` on it isn't enough that nothing was seen. */
function countsAgainst(row: CheckRow, level: string): boolean {
  return row.verdict === "fail" || (row.verdict === "unproved" && isAboutSecret(row) && level !== "basic");
}

/** Why nothing was judged; undefined when something was. */
export function whyUntested({ checks }: CheckReport): string | undefined {
  return isTested(checks) ? undefined : (checks[0]?.message ?? "");
}

/** The report over all rows. It is `ok` when nothing failed but what the baseline accepts, and something was tested. */
export function checkReport(
  rows: readonly CheckRow[],
  about: Pick<CheckReport, "url" | "level" | "stopReason">,
): CheckReport {
  return {
    ok: isTested(rows) && rows.every((row) => row.accepted || !countsAgainst(row, about.level)),
    url: about.url,
    level: about.level,
    stoppedEarly: about.stopReason !== null,
    stopReason: about.stopReason,
    counts: countVerdicts(rows),
    checks: rows,
  };
}

const marks = { pass: "✓", unproved: "?", warn: "!", fail: "✗", skip: "-" } as const;
const idColumns = 31;
const paints = { pass: "good", unproved: "warning", warn: "warning", fail: "bad", skip: "faint" } as const;

/** Whether the row says the same as the one above it, but for what was sent. */
function repeats(row: CheckRow, above: CheckRow | undefined): above is CheckRow {
  if (above === undefined || row.verdict === "pass" || row.verdict === "skip") return false;
  const gist = ({ id, verdict, answered, message, hint }: CheckRow): string =>
    JSON.stringify([id.split(".", 1), verdict, answered?.status, message.replace(/“[^”]*”/, ""), hint]);
  return gist(row) === gist(above);
}

/**
 * One check as lines for a person: a line alone when all is well, what to do below it otherwise, unless the row above
 * has said it.
 */
export function prettyCheck(row: CheckRow, style: ReportStyle, above?: CheckRow): string {
  const paint = style[paints[row.verdict]];
  const status = row.answered?.status ?? null;
  const answered = row.answered === null ? "" : `${status ?? "no answer"} · ${row.answered.ms} ms`;
  const known = row.accepted ? style.faint(" (in the baseline)") : "";
  const head = `${paint(marks[row.verdict])} ${row.id.padEnd(idColumns)} ${style.safe(row.title, 50).padEnd(42)}${known}`;
  if (row.verdict === "pass") return `${head}  ${style.faint(answered)}`;
  if (row.verdict === "skip") return `${head}  ${style.faint(style.safe(row.message, 120))}`;
  if (row.verdict === "unproved") {
    const hint = row.hint === null ? [] : [`    → ${style.safe(row.hint, 400)}`];
    return [`${head}  ${style.faint(answered)}`, `    ${style.safe(row.message, 400)}`, ...hint].join("\n");
  }
  if (repeats(row, above)) return `${head}  ${style.faint(`${answered}, as above`)}`;
  const lines = [head.trimEnd(), `    ${style.safe(row.message, 400)}`];
  if (row.sent !== "")
    lines.push(style.faint(`    sent: ${style.safe(row.sent, 200)}; expected: ${style.safe(row.expected, 200)}`));
  if (row.answered?.body !== undefined) lines.push(`    it says: ${style.safe(row.answered.body, 200)}`);
  if (row.hint !== null) lines.push(`    → ${style.safe(row.hint, 400)}`);
  return lines.join("\n");
}

/** Checks that were skipped for one reason. */
export function prettySkipped(rows: readonly CheckRow[], style: ReportStyle): string {
  const [first] = rows;
  if (first === undefined || rows.length === 1) return rows.map((row) => prettyCheck(row, style)).join("\n");
  return style.faint(`${marks.skip} ${`${rows.length} checks`.padEnd(idColumns)} ${style.safe(first.message, 120)}`);
}

/** All checks for a person. */
export function prettyChecks(rows: readonly CheckRow[], style: ReportStyle): string {
  return rows.map((row, index) => prettyCheck(row, style, rows[index - 1])).join("\n");
}

/** The end of a report for a person. */
export function prettyCheckSummary(report: CheckReport, style: ReportStyle): string {
  const { counts, stopReason, ok } = report;
  const unproved = counts.unproved === 0 ? [] : [`${counts.unproved} not proved`];
  const parts = [
    ...unproved,
    `${counts.pass} passed`,
    `${counts.warn} warned`,
    `${counts.fail} failed`,
    `${counts.skip} skipped`,
  ];
  const lines = [(ok ? style.good : style.bad)(parts.join(", "))];
  if (stopReason !== null) lines.push(style.warning(`Stopped early: ${style.safe(stopReason, 200)}`));
  if (counts.fail + counts.warn > 0) lines.push(style.faint("More on one of them: misskey-hooks check --explain <id>"));
  return lines.join("\n");
}

/** What the answer says, as a line. */
const said = (answered: CheckRow["answered"]): string[] =>
  answered?.body === undefined ? [] : [`It says: ${answered.body}`];

/**
 * The same for the formats of CI systems. What the baseline accepts is a warning there.
 * @param tookMs how long each check took, by id
 */
export function reportOfChecks(
  { url, ok, checks, stopReason }: CheckReport,
  tookMs: ReadonlyMap<string, number> = new Map(),
): Report {
  return {
    title: `misskey-hooks check ${url}`,
    ok,
    stopReason: stopReason ?? undefined,
    entries: checks.map(({ id, verdict, accepted, title, message, sent, expected, answered, hint }) => ({
      name: id,
      group: id.split(".", 1)[0] ?? id,
      verdict: accepted && verdict === "fail" ? "warn" : verdict,
      title,
      ms: tookMs.get(id),
      message: verdict === "pass" ? "" : message,
      details:
        verdict === "pass" || verdict === "skip"
          ? []
          : [`Sent: ${sent}`, `Expected: ${expected}`, ...said(answered), ...(hint === null ? [] : [`Fix: ${hint}`])],
    })),
  };
}

/** NDJSON: one line with kind `check` for each, one with kind `end` for the rest. */
export function ndjsonOfChecks({ checks, ...rest }: CheckReport): string {
  const lines = checks.map((row) => ({ kind: "check", ...row }));
  return [...lines, { kind: "end", ...rest }].map((line) => JSON.stringify(line)).join("\n");
}
