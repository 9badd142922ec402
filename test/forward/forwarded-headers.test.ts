import * as fc from "fast-check";
import { expect, test } from "vitest";
import { forwardedHeaders, withHeaders, withSecret } from "../../src/forward/forwarded-headers.js";
import type { HeaderPair } from "../../src/protocol/index.js";

const came: readonly HeaderPair[] = [
  ["User-Agent", "Misskey-Hooks"],
  ["X-Misskey-Hook-Id", "h"],
  ["X-Misskey-Hook-Secret", "theirs"],
  ["Content-Type", "application/json"],
];

test("every header of RFC 9110, 7.6.1 stays behind, with those that Connection names, whatever their case", () => {
  const ofConnection = [
    "Connection",
    "Proxy-Connection",
    "Keep-Alive",
    "TE",
    "Transfer-Encoding",
    "Upgrade",
    "Trailer",
  ];
  const name = fc
    .constantFrom(...ofConnection)
    .chain((one) => fc.constantFrom(one, one.toLowerCase(), one.toUpperCase()));
  const hop = name.map((one): HeaderPair => [one, /^connection$/i.test(one) ? "close ,\tX-NAMED" : "1"]);
  const others = fc.constantFrom<HeaderPair>(["X-Other", "a"], ["x-other", "b"], ["Accept", "*/*"], ["X-Named", "n"]);
  fc.assert(
    fc.property(fc.array(fc.oneof(hop, others)), (headers) => {
      const isNamed = headers.some(([one]) => /^connection$/i.test(one));
      const left = headers.filter(([one]) => /^(x-other|accept)$/i.test(one) || (one === "X-Named" && !isNamed));
      expect(forwardedHeaders(headers)).toEqual(left);
    }),
  );
});

test("another secret stands where the old one stood", () => {
  const own = came.map(([name, value]): HeaderPair => [name, value === "theirs" ? "own" : value]);
  expect(withSecret(came, "own")).toEqual(own);
  expect(withSecret(came, null)).toEqual(came.filter(([, value]) => value !== "theirs"));
  expect(withSecret(came, undefined)).toEqual(came);
});

test("where no secret came, the handler's own follows the other headers, by their prefix", () => {
  const bare = came.filter(([, value]) => value !== "theirs");
  const [name = "", value] = withSecret(bare, "own").at(-1) ?? [];
  expect([name.toLowerCase(), value]).toEqual(["x-misskey-hook-secret", "own"]);
});

test("more headers take the place of those of their name, or follow", () => {
  expect(
    withHeaders(
      [
        ["A", "1"],
        ["B", "2"],
        ["a", "3"],
      ],
      [
        ["a", "x"],
        ["a", "y"],
        ["C", "z"],
      ],
    ),
  ).toEqual([
    ["a", "x"],
    ["a", "y"],
    ["B", "2"],
    ["C", "z"],
  ]);
});
