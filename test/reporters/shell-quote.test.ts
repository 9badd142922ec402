import { execFileSync } from "node:child_process";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { shellQuote, shellWord } from "../../src/reporters/index.js";

const asShellReads = (words: readonly string[]): string[] =>
  execFileSync("sh", ["-c", `printf '%s\\0' ${words.join(" ")}`], { encoding: "utf8" })
    .split("\0")
    .slice(0, -1);

test("a shell reads back what was quoted", () => {
  const text = fc.string({ unit: "binary", minLength: 1, maxLength: 40 }).map((value) => value.replaceAll("\0", ""));
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 20 }), (texts) => {
      expect(asShellReads(texts.map(shellQuote))).toEqual(texts);
      expect(asShellReads(texts.map(shellWord))).toEqual(texts);
    }),
    { numRuns: 50 },
  );
});

test("what needs no quotes gets none", () => {
  expect(["bob@misskey.example", "http://127.0.0.1:3939", "a b", ""].map(shellWord)).toEqual([
    "bob@misskey.example",
    "http://127.0.0.1:3939",
    "'a b'",
    "''",
  ]);
});
