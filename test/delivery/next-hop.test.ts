// Where a request goes after an answer, and what it keeps: the rules of redirect.ts, without a network.
import { expect, test } from "vitest";
import { nextHop } from "../../src/delivery/redirect.js";
import { deliveryTo } from "../../src/protocol/index.js";

const from = "http://bot.example/hook";
const headers = [
  ["x-misskey-hook-secret", "s"],
  ["Authorization", "Bearer x"],
  ["Cookie", "a=1"],
] as const;

function namesAfter(location: string): string[] | undefined {
  const to = new URL(from);
  const hop = { to, delivery: deliveryTo(to, { headers, body: Buffer.from("{}") }) };
  return nextHop(hop, { status: 307, location, body: "" }, 0)?.delivery.headers.map(([name]) => name);
}

test.each([
  ["another path", "/other", true],
  ["another port", "http://bot.example:8080/", true],
  ["a host below", "http://inner.bot.example/", true],
  ["the same host by another protocol", "https://bot.example/hook", false],
  ["another host", "http://other.example/", false],
  ["a host that only ends alike", "http://otherbot.example/", false],
])("%s: credentials go along: %o", (_, location, goAlong) => {
  const kept = goAlong ? ["x-misskey-hook-secret", "Authorization", "Cookie"] : ["x-misskey-hook-secret"];
  expect(namesAfter(location)).toEqual(kept);
});
