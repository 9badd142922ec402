// Handlers with a limit on deliveries: waited for where that is possible, and blamed for the limit alone.
import type { ServerResponse } from "node:http";
import { afterEach, describe, expect, test } from "vitest";
import { createRateLimit, retryAfterMs } from "../../src/conformance/handler/rate-limit.js";
import { checkHandler } from "./check-handler.js";
import { type Parts, secret, type StartedHandler, startHandler } from "./handlers/handler.js";

let handler: StartedHandler | undefined;
afterEach(() => handler?.close());

const answer = (status: number, headers: Readonly<Record<string, string>> = {}) => ({
  status,
  ms: 1,
  headers,
  body: "",
  ended: true,
});

test.each([
  ["7", 7000],
  ["0", 0],
  ["Sun, 22 Nov 2026 05:00:30 GMT", 30_000],
  ["soon", undefined],
])("Retry-After: %s", (text, ms) => {
  expect(retryAfterMs(answer(429, { "retry-after": text }), Date.UTC(2026, 10, 22, 5))).toBe(ms);
});

describe("waiting", () => {
  function limitOf(statuses: readonly number[], headers = {}, leftMs = 20_000) {
    let now = 0;
    let n = 0;
    const waits: number[] = [];
    const limit = createRateLimit({
      clock: () => now,
      sleep: async (ms) => {
        waits.push(ms);
        now += ms;
      },
      leftMs: () => leftMs - now,
    });
    const attempt = async () => answer(statuses[n++] ?? 200, headers);
    return { ask: async () => (await limit.waitOut(attempt)).status, waits, limit };
  }

  test("as long as it says", async () => {
    const { ask, waits, limit } = limitOf([200, 429, 429, 200], { "retry-after": "2" });
    expect([await ask(), await ask()]).toEqual([200, 200]);
    expect(waits).toEqual([2000, 2000]);
    expect(limit.seen()).toEqual({ after: 1, withinMs: 0, retryAfterMs: 2000, isScarce: false });
  });

  test("longer and longer when it doesn't say, and once only in vain", async () => {
    const { ask, waits } = limitOf(Array.from({ length: 20 }, () => 429));
    expect([await ask(), await ask()]).toEqual([429, 429]);
    expect(waits).toEqual([500, 1000, 2000, 4000]);
  });

  test("not longer than there is time", async () => {
    const { ask, waits, limit } = limitOf([429], { "retry-after": "60" });
    expect(await ask()).toBe(429);
    expect(waits).toEqual([]);
    expect(limit.seen()?.isScarce).toBe(true);
  });

  test("what is let in before its time shows that others were meant", async () => {
    const { ask, limit } = limitOf([429, 200], { "retry-after": "60" });
    expect([await ask(), await ask()]).toEqual([429, 200]);
    expect(limit.seen()).toBeUndefined();
  });
});

/** Lets so many in, and more as time goes by; the test's time is what was slept. */
function bucket(size: number, perSecond: number, headers: Readonly<Record<string, string>> = {}) {
  let tokens = size;
  let now = 0;
  const first = (_: unknown, response: ServerResponse): boolean => {
    if (tokens >= 1) {
      tokens--;
      return false;
    }
    response.writeHead(429, headers).end();
    return true;
  };
  const sleep = async (ms: number): Promise<void> => {
    now += ms;
    tokens = Math.min(size, tokens + (ms / 1000) * perSecond);
  };
  return { first, budget: { limitMs: 55_000, clock: () => now, sleep } };
}

async function verdictsOf(parts: Parts, budget: ReturnType<typeof bucket>["budget"]) {
  handler = await startHandler(parts);
  const { results, stoppedEarly } = await checkHandler(handler.url, { budget });
  const idsOf = (verdict: string): string[] =>
    results.filter((result) => result.verdict === verdict).map(({ check }) => check.id);
  return {
    results,
    stoppedEarly,
    fails: idsOf("fail"),
    warns: idsOf("warn"),
    passes: idsOf("pass"),
    skips: idsOf("skip"),
  };
}

test.each([
  ["ten a second", 10, 10, {}],
  ["ten a second, and says so", 10, 10, { "retry-after": "1" }],
  ["sixty in ten seconds", 60, 6, { "retry-after": "10" }],
])("%s: every check is made", async (_, size, perSecond, headers) => {
  const { first, budget } = bucket(size, perSecond, headers);
  const { fails, warns, skips, stoppedEarly } = await verdictsOf({ first }, budget);
  expect({ fails, warns }).toEqual({ fails: [], warns: ["delivery.burst"] });
  expect(skips).toEqual(["tolerates.old-content-type", "delivery.after-failure"]);
  expect(stoppedEarly).toBeUndefined();
});

test("its other faults are found all the same", async () => {
  const { first, budget } = bucket(10, 10);
  const isRight = (given: string | undefined): boolean => given?.toLowerCase() === secret.toLowerCase();
  expect(await verdictsOf({ first, isRight }, budget)).toMatchObject({
    fails: ["secret.case"],
    warns: ["delivery.burst"],
  });
});

test("twenty a minute: what these show, and why there is no more", async () => {
  const { first, budget } = bucket(20, 1 / 3, { "retry-after": "60" });
  const { fails, warns, passes, stoppedEarly, results } = await verdictsOf({ first }, budget);
  expect({ fails, warns }).toEqual({ fails: [], warns: ["delivery.burst"] });
  expect(passes).toEqual(
    expect.arrayContaining(["handler.alive", "accepts.unfollow", "secret.wrong", "delivery.in-time"]),
  );
  expect(stoppedEarly?.reason).toBe("It answers 429 from delivery 21 on, for 1 min: its rate limit.");
  const burst = results.find(({ check }) => check.id === "delivery.burst");
  expect(burst?.message).toMatch(/^After 20 deliveries in .* it answered 429\./);
});

test("wrong secrets that are locked out are turned away, and nothing else is held against it", async () => {
  let wrong = 0;
  const onWrong = (response: ServerResponse): void =>
    void response.writeHead(++wrong > 4 ? 429 : 401, { "retry-after": "900" }).end();
  const { fails, warns, stoppedEarly } = await verdictsOf({ onWrong }, bucket(0, 0).budget);
  expect({ fails, warns, stoppedEarly }).toEqual({ fails: [], warns: [], stoppedEarly: undefined });
});
