// The formats for CI systems, read back with parsers that aren't ours.
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { Parser } from "tap-parser";
import { expect, test } from "vitest";
import {
  githubAnnotations,
  githubSummary,
  junitReport,
  type Report,
  type ReportEntry,
  tapReport,
} from "../../src/reporters/index.js";

const hostile = 'a <b> & "c" \u0000\u001B[31m ]]> 100% | `x` # SKIP\nsecond line, with: colon \uD800';

function entry(name: string, verdict: ReportEntry["verdict"], message = ""): ReportEntry {
  const details = verdict === "fail" || verdict === "warn" ? [`Sent: ${hostile}`, "Mend: this"] : [];
  return { name, group: name.split(".", 1)[0] ?? "", verdict, title: "a title # with marks", message, details };
}

const report: Report = {
  title: "misskey-hooks check http://127.0.0.1/",
  ok: false,
  entries: [
    entry("secret.wrong", "pass"),
    entry("secret.case", "fail", `It let ${hostile} in.`),
    entry("input.null", "warn", "It is odd."),
    entry("delivery.burst", "skip", "No event was accepted."),
  ],
  stopReason: "It went away.",
};

test("JUnit: a parser finds every entry with its verdict", async () => {
  const xml = await junitReport(report);
  expect(XMLValidator.validate(xml)).toBe(true);
  const parsed = new XMLParser({ ignoreAttributes: false, isArray: (name) => /^test(suite|case)$/.test(name) }).parse(
    xml,
  ) as {
    testsuites: {
      testsuite: { "@_name": string; testcase: Record<string, unknown>[] }[];
      "@_failures": string;
      "@_tests": string;
    };
  };
  const { testsuites } = parsed;
  expect(testsuites["@_tests"]).toBe("4");
  expect(testsuites["@_failures"]).toBe("1");
  const cases = testsuites.testsuite.flatMap(({ testcase }) => testcase);
  expect(cases.map((found) => found["@_name"])).toEqual([
    "secret.wrong",
    "secret.case",
    "input.null",
    "delivery.burst",
  ]);
  expect(cases.map((found) => "failure" in found)).toEqual([false, true, false, false]);
  expect(cases.map((found) => "skipped" in found)).toEqual([false, false, false, true]);
  expect(cases[2]?.["system-err"]).toContain("warning: It is odd.");
  expect(JSON.stringify(cases[1])).toContain("second line, with: colon");
});

test("TAP: a parser finds every entry with its verdict, and no stranger's directive", () => {
  const parsed = Parser.parse(`${tapReport(report)}\n`);
  const results = parsed.flatMap((event) => (event[0] === "assert" ? [event[1]] : []));
  expect(results.map(({ ok, skip }) => [ok, skip])).toEqual([
    [true, false],
    [false, false],
    [true, false],
    [true, "No event was accepted."],
  ]);
  expect(results[0]?.name).toBe("secret.wrong: a title # with marks");
  expect(results[1]?.diag).toMatchObject({
    severity: "fail",
    details: [expect.stringContaining("second line"), "Mend: this"],
  });
});

test("GitHub: one command a line, decoded to what was said", () => {
  const lines = githubAnnotations(report).split("\n");
  expect(lines).toHaveLength(3);
  const commands = lines.map((line) => /^::(\w+) ([^:]*)::(.*)$/.exec(line)?.slice(1));
  expect(commands.map((command) => command?.[0])).toEqual(["error", "warning", "warning"]);
  expect(commands.map((command) => command?.[1])).toEqual([
    "title=secret.case",
    "title=input.null",
    "title=Stopped early",
  ]);
  const decoded = decodeURIComponent(commands[0]?.[2] ?? "");
  expect(decoded).toContain("100% | `x` # SKIP\\u{a}second line, with: colon");
  expect(decoded).toContain("\nMend: this");
});

test("GitHub: the summary is a table that no text breaks", () => {
  const lines = githubSummary(report).trimEnd().split("\n");
  const rows = lines.filter((line) => line.startsWith("|"));
  expect(rows).toHaveLength(4);
  for (const row of rows) expect(row.replaceAll(/\\./g, "").split("|")).toHaveLength(5);
  expect(lines[2]).toBe("✅ 1 passed · ⚠️ 1 warned · ❌ 1 failed · ➖ 1 skipped");
  expect(lines.join("\n")).not.toMatch(/<b>/);
});
