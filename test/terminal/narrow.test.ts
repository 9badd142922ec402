import { array, assert, constantFrom, property, string, tuple } from "fast-check";
import stringWidth from "string-width";
import { expect, test } from "vitest";
import { table, tableRows, wrap } from "../../src/terminal/index.js";

const widest = (text: string): number => Math.max(...text.split("\n").map((line) => stringWidth(line)));

test("a table is never wider than the terminal, whatever the cells hold", () => {
  const text = string({ unit: constantFrom("a", " ", "全", "ﾊ", "🐈", "é"), maxLength: 80 });
  assert(
    property(array(tuple(text, text, text), { maxLength: 4 }), constantFrom(40, 80, 120), (rows, columns) => {
      expect(widest(table(["NAME", "EVENTS", "URL"], rows, columns))).toBeLessThanOrEqual(columns);
    }),
  );
});

test("many columns become a block a row, with nothing left out", () => {
  const head = ["NAME", "ID", "ACTIVE", "EVENTS", "LATEST", "URL"];
  const row = ["bot", "9abcdefghijklmno", "active", "mention reply note", "204", "https://bot.example/hook"];
  const shown = table(head, [row], 40);
  for (const cell of [...head, ...row]) expect(shown).toContain(cell);
  expect(widest(shown)).toBeLessThanOrEqual(40);
});

test.each([undefined, 80, 40, 12])("rows without their heads fit %s columns", (columns) => {
  const rows = [["a", "全角の文字"]];
  const shown = tableRows(["ID", "WHAT"], rows, columns);
  expect(shown).toContain("a");
  if (columns === undefined || columns >= 40) expect(shown).not.toContain("WHAT");
  expect(widest(shown)).toBeLessThanOrEqual(columns ?? 80);
});

test("lines are broken between words alone", () => {
  const text = "  --on <events>   the events that should come, e.g. 全角の文字 and others";
  const wrapped = wrap(text, 40);
  expect(widest(wrapped)).toBeLessThanOrEqual(40);
  expect(wrapped.replaceAll(/\s+/g, " ")).toBe(text.replaceAll(/\s+/g, " "));
});
