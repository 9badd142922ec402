// JUnit XML, which most CI systems show as tests. Warnings are passed tests with a note, since JUnit has no warning;
// what isn't proved is a skipped one that says so.
import type { Builder } from "junit-report-builder";
import { type Report, type ReportEntry, sayable } from "./report.js";

function groupsOf(entries: readonly ReportEntry[]): string[] {
  return [...new Set(entries.map(({ group }) => group))];
}

/** The whole document. */
export async function junitReport(report: Report): Promise<string> {
  // Its types tell of a default export inside the module; what Node imports is the builder itself.
  const { default: junit } = await import("junit-report-builder");
  const builder = (junit as unknown as Builder).newBuilder();
  for (const group of groupsOf(report.entries)) {
    const suite = builder.testSuite().name(sayable(group));
    for (const entry of report.entries.filter((candidate) => candidate.group === group)) {
      const test = suite
        .testCase()
        .className(`misskey-hooks.${sayable(group)}`)
        .name(sayable(entry.name))
        .time((entry.ms ?? 0) / 1000);
      if (entry.file !== undefined) test.file(sayable(entry.file));
      const text = [entry.message, ...entry.details].filter(Boolean).map(sayable).join("\n");
      if (entry.verdict === "fail") test.failure(sayable(entry.message), "fail").stacktrace(text);
      if (entry.verdict === "skip" || entry.verdict === "unproved") test.skipped();
      if (entry.verdict === "warn") test.standardError(`warning: ${text}`);
      if (entry.verdict === "unproved") test.standardOutput(`not proved: ${text}`);
      if (entry.verdict === "skip" && text !== "") test.standardOutput(text);
    }
  }
  return builder.build();
}
