import { expect, test } from "vitest";
import { createTheme, wantsColour } from "../../src/terminal/index.js";

const terminal = { isTTY: true };
const pipe = {};

test.each([
  ["a terminal", terminal, {}, true],
  ["a pipe", pipe, {}, false],
  ["NO_COLOR on a terminal", terminal, { NO_COLOR: "1" }, false],
  ["an empty NO_COLOR, which means nothing", terminal, { NO_COLOR: "" }, true],
  ["FORCE_COLOR on a pipe", pipe, { FORCE_COLOR: "1" }, true],
  ["FORCE_COLOR=0 on a terminal", terminal, { FORCE_COLOR: "0" }, false],
  ["both", pipe, { FORCE_COLOR: "1", NO_COLOR: "1" }, false],
  ["a dumb terminal", terminal, { TERM: "dumb" }, false],
])("%s", (_case, stream, env, expected) => {
  expect(wantsColour(stream, env)).toBe(expected);
});

test("without colour a theme changes nothing", () => {
  expect(createTheme(false).bad("text")).toBe("text");
  expect(createTheme(true).bad("text")).toBe("\u001B[31mtext\u001B[39m");
});
