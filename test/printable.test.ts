// Strangers' text made safe: nothing that a terminal, a log or a CI system would obey is left, and nothing else changes.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { guarded, guardedJson, inline, printable, printableLines } from "../src/printable.js";

// Anything, and often what matters here.
const wild = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      "\n",
      "\t",
      "\r",
      "\u001B",
      "[",
      "3",
      "1",
      "m",
      "\u007F",
      "\u009B",
      "\u202E",
      "\u200D",
      "👩",
      "👧",
      "a",
    ),
    fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
  ),
  maxLength: 60,
});
const control = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/u;

describe("printable", () => {
  test.each([
    ["two\nlines\tand\r", String.raw`two\u{a}lines\u{9}and\u{d}`],
    ["\u001B[31mred\u0085", String.raw`\u{1b}[31mred\u{85}`],
    ["\u202Eesrever", String.raw`\u{202e}esrever`],
    ["a\u200Db", String.raw`a\u{200d}b`],
    ["👩‍👩‍👧 é 全角", "👩‍👩‍👧 é 全角"],
  ])("%j", (text, shown) => {
    expect(printable(text)).toBe(shown);
  });

  test("is one line without anything hidden, and the same the second time", () => {
    fc.assert(
      fc.property(wild, (text) => {
        const shown = printable(text);
        expect(shown).not.toMatch(control);
        expect(shown).not.toMatch(/[\n\t]/);
        expect(printable(shown)).toBe(shown);
      }),
    );
  });

  test("printableLines keeps line breaks and tabs, and hides nothing either", () => {
    fc.assert(
      fc.property(wild, (text) => {
        expect(printableLines(text)).not.toMatch(control);
        expect(printableLines(text).split("\n").map(printable)).toEqual(text.split("\n").map(printable));
      }),
    );
  });
});

test("guarded lets colours through, and no other escape", () => {
  expect(guarded("\u001B[32m✓\u001B[39m \u001B[1mbold\u001B[22m\n\u001B[2J\u001B]0;x\u0007")).toBe(
    "\u001B[32m✓\u001B[39m \u001B[1mbold\u001B[22m\n\\u{1b}[2J\\u{1b}]0;x\\u{7}",
  );
});

test("guardedJson parses to the same value", () => {
  fc.assert(
    fc.property(fc.dictionary(wild, fc.oneof(wild, fc.array(wild))), (value) => {
      const json = guardedJson(JSON.stringify(value, undefined, 2));
      expect(json).not.toMatch(control);
      expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test("inline cuts what is too long, between characters", () => {
  expect(inline("👍".repeat(600))).toBe(`${"👍".repeat(500)}…`);
  expect(inline("abc", 2)).toBe("ab…");
  expect(inline("ab\n", 3)).toBe(String.raw`ab\u{a}`);
});
