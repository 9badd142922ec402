// One lookup for headers in every form, and what counts when a header is sent twice.
import { describe, expect, test } from "vitest";
import { checkDelivery, headerLookup, headerMap, headerPairs } from "../../src/protocol/index.js";

describe("the same lookup", () => {
  const expected = [
    ["content-type", "application/json"],
    ["x-misskey-hook-id", "9hook"],
  ];
  test.each([
    ["pairs", headerPairs(["Content-Type", "application/json", "X-Misskey-Hook-Id", "9hook"])],
    ["the web's Headers", new Headers({ "Content-Type": "application/json", "X-Misskey-Hook-Id": "9hook" })],
    ["Node's object", { "content-type": "application/json", "x-misskey-hook-id": "9hook", "x-none": undefined }],
    ["an object of lists", { "Content-Type": ["application/json"], "X-Misskey-Hook-Id": ["9hook"] }],
    [
      "a lookup",
      headerLookup([
        ["Content-Type", "application/json"],
        ["X-Misskey-Hook-Id", "9hook"],
      ]),
    ],
  ])("of %s", (_, source) => {
    expect([...headerLookup(source)]).toEqual(expected);
  });
});

test("a header that is sent twice isn't one that is right", () => {
  const lookup = headerLookup([
    ["X-Misskey-Hook-Secret", "right"],
    ["x-misskey-hook-secret", "wrong"],
  ]);
  expect(lookup.get("x-misskey-hook-secret")).toBe("right, wrong");
});

test("of those that are one by nature the first counts, as for Node's server", () => {
  const flat = ["Content-Type", "application/json", "content-type", "text/html", "User-Agent", "a", "user-agent", "b"];
  expect(headerMap(flat)).toEqual({ "content-type": "application/json", "user-agent": "a" });
});

test("a hook id that differs from the body's is told with the header's own value", () => {
  const body = { hookId: "9hook", type: "note", body: {} };
  const { findings } = checkDelivery({ headers: [["x-misskey-hook-id", "another"]], body });
  expect(findings).toContainEqual(
    expect.objectContaining({ code: "header-mismatch", path: "headers.x-misskey-hook-id", received: "another" }),
  );
});
