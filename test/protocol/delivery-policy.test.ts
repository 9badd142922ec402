import { describe, expect, test } from "vitest";
import { delayBeforeAttempt, latestStatusOf, outcomeOf, resolveDialect } from "../../src/protocol/index.js";

const misskey = resolveDialect("misskey").policy;
const iceshrimp = resolveDialect("iceshrimp").policy;

describe("what an answer means", () => {
  test.each([200, 201, 204, 299])("%i is delivered everywhere", (status) => {
    expect(outcomeOf(misskey, { status })).toBe("delivered");
    expect(outcomeOf(iceshrimp, { status })).toBe("delivered");
  });

  test.each([400, 401, 403, 404, 408, 410])("%i is final on Misskey and tried again on Iceshrimp", (status) => {
    expect(outcomeOf(misskey, { status })).toBe("final");
    expect(outcomeOf(iceshrimp, { status })).toBe("retry");
  });

  test.each([429, 500, 503])("%i is tried again on Misskey and final on Iceshrimp", (status) => {
    expect(outcomeOf(misskey, { status })).toBe("retry");
    expect(outcomeOf(iceshrimp, { status })).toBe("final");
  });

  test("300, 304 and no response are tried again", () => {
    expect(outcomeOf(misskey, { status: 300 })).toBe("retry");
    expect(outcomeOf(misskey, { status: 304 })).toBe("retry");
    expect(outcomeOf(misskey, { status: null })).toBe("retry");
    expect(outcomeOf(iceshrimp, { status: null })).toBe("retry");
  });

  test.each(["misskey@12.119", "misskey@13.14", "misskey@2023.12"])("429 is final on %s", (dialect) => {
    expect(outcomeOf(resolveDialect(dialect).policy, { status: 429 })).toBe("final");
  });
});

describe("when the next attempt comes", () => {
  // Measured on Misskey 2026.3.2, in milliseconds; its queue looks for due jobs every few seconds.
  const queueMs = 2_500;
  test.each([
    [2, 60_800, 71_900],
    [3, 184_800, 218_100],
    [4, 431_000, 506_000],
  ])("the gap before attempt %i covers what was measured", (n, shortest, longest) => {
    expect(delayBeforeAttempt(misskey, n, 0)).toBeLessThanOrEqual(shortest);
    expect(delayBeforeAttempt(misskey, n, 1)).toBeGreaterThanOrEqual(longest - queueMs);
  });

  test("there is no delay before the first attempt, nor a fifth attempt", () => {
    expect(() => delayBeforeAttempt(misskey, 1, 0)).toThrow(RangeError);
    expect(() => delayBeforeAttempt(misskey, 5, 0)).toThrow(RangeError);
  });
});

test("latestStatus is the HTTP status, or 1 for no response", () => {
  expect(latestStatusOf({ status: 503 })).toBe(503);
  expect(latestStatusOf({ status: null })).toBe(1);
});
