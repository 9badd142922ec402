// GitHub Actions: annotations as workflow commands, and a step summary in Markdown. The escaping is that of
// @actions/core 1.11 (packages/core/src/command.ts), which is all that is needed of it.
import { countVerdicts, type Report, type ReportEntry, sayable } from "./report.js";

function escapeData(...lines: string[]): string {
  return lines.map((line) => sayable(line).replaceAll("%", "%25")).join("%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

const commands: Readonly<Record<ReportEntry["verdict"], string>> = {
  fail: "error",
  warn: "warning",
  unproved: "notice",
  skip: "notice",
  pass: "notice",
};

/** What a person should see: all but what passed or wasn't tried. */
function isFound({ verdict }: ReportEntry): boolean {
  return verdict === "fail" || verdict === "warn" || verdict === "unproved";
}

function annotation({ name, verdict, message, details, file }: ReportEntry): string {
  const command = commands[verdict];
  const place = file === undefined ? "" : `file=${escapeProperty(file)},`;
  return `::${command} ${place}title=${escapeProperty(name)}::${escapeData(message, ...details)}`;
}

/** One workflow command a line for each failure, warning and what isn't proved; empty when all is well. */
export function githubAnnotations({ entries, stopReason }: Report): string {
  const found = entries.filter(isFound);
  const stopped = stopReason === undefined ? [] : [`::warning title=Stopped early::${escapeData(stopReason)}`];
  return [...found.map(annotation), ...stopped].join("\n");
}

/** Text in a table's cell: no markup of a stranger's, no pipe, no line break. */
function cell(text: string): string {
  return sayable(text)
    .replace(/[\\`*_{}[\]<>|#~]/g, "\\$&")
    .replace(/\s+/g, " ");
}

const icons = { pass: "✅", unproved: "❔", warn: "⚠️", fail: "❌", skip: "➖" } as const;

/** Markdown for `GITHUB_STEP_SUMMARY`: the counts, and a table of what was found. */
export function githubSummary({ title, entries, stopReason }: Report): string {
  const counts = countVerdicts(entries);
  const found = entries.filter(isFound);
  const rows = found.map(
    ({ name, verdict, message, details }) =>
      `| ${icons[verdict]} | ${cell(name)} | ${[message, ...details].map(cell).join("<br>")} |`,
  );
  const unproved = counts.unproved === 0 ? "" : ` ${icons.unproved} ${counts.unproved} not proved ·`;
  return [
    `### ${cell(title)}`,
    "",
    `${icons.pass} ${counts.pass} passed ·${unproved} ${icons.warn} ${counts.warn} warned · ${icons.fail} ${counts.fail} failed · ${icons.skip} ${counts.skip} skipped`,
    ...(stopReason === undefined ? [] : ["", `Stopped early: ${cell(stopReason)}`]),
    ...(rows.length === 0 ? [] : ["", "| | what | found |", "|---|---|---|", ...rows]),
    "",
  ].join("\n");
}
