// Rows of `check` as a person reads them: what was said isn't said again.
import { expect, test } from "vitest";
import { type CheckRow, prettyChecks } from "../../src/reporters/index.js";

const style = {
  good: (text: string) => text,
  bad: (text: string) => text,
  warning: (text: string) => text,
  faint: (text: string) => text,
  safe: (text: string) => text,
};

function row(id: string, message: string, more: Partial<CheckRow> = {}): CheckRow {
  return {
    id,
    verdict: "fail",
    severity: "error",
    title: id,
    sent: "something",
    expected: "401",
    answered: { status: 500, ms: 7 },
    message,
    hint: "Answer 401.",
    accepted: false,
    ...more,
  };
}

test("a row that says the same as the one above is one line", () => {
  const lines = prettyChecks(
    [
      row("secret.wrong", "To “a wrong secret” it answered 500."),
      row("secret.case", "To “other case” it answered 500."),
    ],
    style,
  ).split("\n");
  expect(lines).toHaveLength(5);
  expect(lines[4]).toMatch(/^✗ secret\.case .*500 · 7 ms, as above$/);
});

test.each([
  ["another status", row("secret.case", "To “b” it answered 500.", { answered: { status: 503, ms: 7 } })],
  ["another verdict", row("secret.case", "To “b” it answered 500.", { verdict: "warn" })],
  ["another thing to do", row("secret.case", "To “b” it answered 500.", { hint: "Compare it whole." })],
  ["another theme", row("input.empty-body", "To “b” it answered 500.")],
  ["other words", row("secret.case", "It let “b” in.")],
])("%s is said in full", (_, second) => {
  const text = prettyChecks([row("secret.wrong", "To “a” it answered 500."), second], style);
  expect(text).not.toContain("as above");
  expect(text).toContain(second.message);
});
