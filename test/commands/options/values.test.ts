import { describe, expect, it } from "vitest";
import {
  collect,
  collectHeaders,
  collectList,
  durationMs,
  oneOf,
  port,
  positiveInteger,
  positiveNumber,
  sizeBytes,
} from "../../../src/commands/options/values.js";

describe("durationMs", () => {
  it.each([
    ["500ms", 500],
    ["5s", 5000],
    ["1.5s", 1500],
    ["2m", 120_000],
    ["1h", 3_600_000],
    ["0s", 0],
    [" 5s ", 5000],
  ])("reads %s", (text, ms) => {
    expect(durationMs(text)).toBe(ms);
  });
  it.each(["", "5", "5 s", "-5s", "5S", "s", "1e3s", "Infinitys", "30d", "1000h"])("refuses “%s”", (text) => {
    expect(() => durationMs(text)).toThrow();
  });
});

it.each([
  [port, "0", 0],
  [port, "65535", 65_535],
  [positiveInteger, "1", 1],
  [positiveNumber, "0.5", 0.5],
  [sizeBytes, "10", 10],
  [sizeBytes, "64KiB", 65_536],
  [sizeBytes, "1mb", 1_000_000],
  [oneOf("a", "b"), "b", "b"],
])("%o reads %s", (parse, text, value) => {
  expect((parse as (text: string) => unknown)(text)).toBe(value);
});

it.each([
  [port, "65536"],
  [port, "-1"],
  [port, "80a"],
  [port, ""],
  [positiveInteger, "0"],
  [positiveInteger, "1.5"],
  [positiveInteger, "1e9"],
  [positiveNumber, "0"],
  [positiveNumber, "NaN"],
  [sizeBytes, "1TB"],
  [oneOf("a", "b"), "c"],
])("%o refuses “%s”", (parse, text) => {
  expect(() => (parse as (text: string) => unknown)(text)).toThrow();
});

it("collects what is repeated, in order", () => {
  expect(collect("b", collect("a", undefined))).toEqual(["a", "b"]);
  expect(collectList("c", collectList("a, b", undefined))).toEqual(["a", "b", "c"]);
  expect(() => collectList("a,,b", undefined)).toThrow();
});

it("reads headers, with colons in the value and without a value", () => {
  const headers = collectHeaders("X-Empty:", collectHeaders("x-url:  http://a:1/ ", undefined));
  expect(headers).toEqual([
    ["x-url", "http://a:1/"],
    ["X-Empty", ""],
  ]);
});
it.each(["", "name", "na me: x", ": x", "x: a\r\ny: b", "x: 秘密"])("refuses the header “%s”", (text) => {
  expect(() => collectHeaders(text, undefined)).toThrow();
});
