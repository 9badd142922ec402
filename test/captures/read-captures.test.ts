import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readCaptureBytes, readCaptures } from "../../src/captures/index.js";

const envelope = { hookId: "h", type: "mention", body: { note: {} } };

describe("what a file may hold", () => {
  test("an envelope has no headers", () => {
    expect(readCaptures(JSON.stringify(envelope), "a.json")).toEqual([
      { source: "a.json", headers: undefined, payload: envelope, problems: [] },
    ]);
  });

  test.each([
    ["a flat list", { rawHeaders: ["X-Misskey-Hook-Id", "h"] }],
    ["a list of pairs", { headers: [["X-Misskey-Hook-Id", "h"]] }],
    ["an object", { headers: { "X-Misskey-Hook-Id": "h" } }],
    ["an object of lists", { headers: { "X-Misskey-Hook-Id": ["h", "again"] } }],
  ])("a recording's headers may be %s", (_, headers) => {
    const [capture] = readCaptures(JSON.stringify({ ...headers, body: envelope }), "a.json");
    expect(capture?.headers).toEqual([["X-Misskey-Hook-Id", "h"]]);
    expect(capture?.payload).toEqual(envelope);
  });

  test("a recording's raw body is what was sent", () => {
    const [capture] = readCaptures(JSON.stringify({ rawHeaders: [], bodyRaw: JSON.stringify(envelope) }), "a.json");
    expect(capture?.payload).toEqual(envelope);
  });

  test("a recording whose bodies differ says so", () => {
    const [capture] = readCaptures(JSON.stringify({ rawHeaders: [], body: { a: 1 }, bodyRaw: '{"a":2}' }), "a.json");
    expect(capture?.problems.map(({ code }) => code)).toEqual(["body-mismatch"]);
  });

  test("NDJSON is one delivery a line, named by its line", () => {
    const text = `${JSON.stringify(envelope)}\n\n${JSON.stringify({ rawHeaders: [], body: envelope })}\n{broken\n`;
    const captures = readCaptures(text, "a.ndjson");
    expect(captures.map(({ source }) => source)).toEqual(["a.ndjson:1", "a.ndjson:3", "a.ndjson:4"]);
    expect(captures.map(({ problems }) => problems.map(({ code }) => code))).toEqual([[], [], ["not-json"]]);
  });

  test.each(["", "   \n", "hello", "{", "\u0000\u0001", "{\n}\n]"])("%j is not JSON", (text) => {
    expect(readCaptures(text, "a").map(({ problems }) => problems.map(({ code }) => code))).toEqual([["not-json"]]);
  });
});

test("no text makes it throw", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.json()), (text) => {
      expect(readCaptures(text, "wild").length).toBeGreaterThan(0);
    }),
  );
});

test("bytes that are not UTF-8 are no JSON", () => {
  const content = Buffer.concat([Buffer.from('{"type":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]);
  expect(readCaptureBytes(content, "x.json")).toEqual([
    expect.objectContaining({
      source: "x.json",
      payload: undefined,
      problems: [expect.objectContaining({ code: "not-json", received: "bytes that are not valid UTF-8" })],
    }),
  ]);
});
