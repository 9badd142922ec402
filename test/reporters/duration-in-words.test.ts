import { expect, it } from "vitest";
import { durationInWords } from "../../src/reporters/index.js";

it.each([
  [0, "0 ms"],
  [12.4, "12 ms"],
  [999, "999 ms"],
  [1000, "1 s"],
  [4235, "4.2 s"],
  [59_949, "59.9 s"],
  [59_999, "1 min"],
  [60_000, "1 min"],
  [71_900, "1 min 12 s"],
  [420_000, "7 min"],
])("%d ms is %s", (ms, words) => {
  expect(durationInWords(ms)).toBe(words);
});
