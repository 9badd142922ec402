import * as fc from "fast-check";
import stringWidth from "string-width";
import { expect, test } from "vitest";
import { shorten } from "../../src/terminal/index.js";

test("a short text stays as it is", () => {
  expect(shorten("hello world")).toBe("hello world");
});

test("white space of any kind becomes one space", () => {
  expect(shorten(" one\n\n two\tthree\r\n")).toBe("one two three");
});

test("a long text is cut at the column, with an ellipsis in it", () => {
  expect(shorten("abcdefghij", 5)).toBe("abcd…");
});

test("a full-width character counts two columns and is never cut in half", () => {
  expect(shorten("これは長い文です", 6)).toBe("これ…");
  expect(shorten("これは", 6)).toBe("これは");
});

test("an emoji of several code points is kept or dropped as a whole", () => {
  expect(shorten("👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧", 5)).toBe("👩‍👩‍👧👩‍👩‍👧…");
});

// What people write notes with. Terminals disagree about rare scripts, and so do libraries.
const character = fc.constantFrom(...Array.from("aZ é漢カ한ｶ𠮷👍"), "🇯🇵", "👩‍👩‍👧", "e\u0301", "ж", "\n");

test("never wider than asked for, whatever the text", () => {
  fc.assert(
    fc.property(fc.string({ unit: character, maxLength: 200 }), fc.integer({ min: 2, max: 80 }), (text, columns) => {
      expect(stringWidth(shorten(text, columns))).toBeLessThanOrEqual(columns);
    }),
  );
});

test("a megabyte of text is cut without being read", () => {
  expect(shorten("あ".repeat(1_000_000), 10)).toBe("ああああ…");
});
