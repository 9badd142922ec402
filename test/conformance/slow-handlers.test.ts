// Handlers that take their time: asked less, never blamed for what the asking did, and left when the time is over.
import { afterEach, describe, expect, test } from "vitest";
import { createBudget } from "../../src/conformance/run/budget.js";
import { paceOfPair, widthOf } from "../../src/conformance/handler/pace.js";
import { runAgainst } from "./verdicts-on.js";
import { checkHandler } from "./check-handler.js";
import { type Parts, type StartedHandler, startHandler } from "./handlers/handler.js";

let handler: StartedHandler | undefined;
afterEach(() => handler?.close());

/** Works on one delivery after another. */
function oneByOne(ms: number): Parts {
  let last = Promise.resolve();
  return {
    handle: (_, act, pause) => {
      last = last.then(() => pause(ms));
      return last.then(act);
    },
  };
}

describe("the budget", () => {
  test("counts in steps, so that what comes on top of an answer's time ends a run at the same check", () => {
    const ends = [2001, 2020, 2080].map((stepMs) => {
      let now = 0;
      const budget = createBudget(40_000, () => now);
      now = 10 * stepMs;
      let n = 0;
      for (; !budget.isSpent(0); n++) now += stepMs;
      return n;
    });
    expect(ends).toEqual([10, 10, 10]);
  });

  test("keeps what is reserved, but no more than half", () => {
    let now = 0;
    const budget = createBudget(4000, () => now);
    now = 1500;
    expect(budget.isSpent(10_000)).toBe(false);
    now = 2000;
    expect(budget.isSpent(10_000)).toBe(true);
    expect(budget.isSpent(0)).toBe(false);
  });
});

test.each([
  [[10, 180], "usual"],
  [[1000, 1020], "side by side"],
  [[1000, 2000], "sparing"],
  [[3000, 6000], "sparing"],
] as const)("two answers after %j ms: %s", (times, pace) => {
  const [a, b] = times.map((ms) => ({ status: 200, ms, headers: {}, body: "", ended: true }));
  if (a && b) expect(paceOfPair([b, a])).toBe(pace);
});

test.each([
  [[500, 510, 520, 505, 515, 500], 12],
  [[500, 510, 520, 505, 1010, 1020], 4],
  [[1000, 1500, 2000], 2],
])("so many at once took %j ms, one takes 500: it works on %i", (times, width) => {
  const answers = times.map((ms) => ({ status: 200, ms, headers: {}, body: "", ended: true }));
  expect(widthOf(answers, 500)).toBe(width);
});

test("once the time is over, what is left is skipped with the reason, but for what tells most", async () => {
  let now = 0;
  handler = await startHandler({
    first: () => {
      now += 250;
      return false;
    },
  });
  const { results, stoppedEarly } = await checkHandler(handler.url, {
    on: ["mention"],
    budget: { limitMs: 15_000, clock: () => now },
  });
  expect(stoppedEarly).toMatchObject({
    reason: "What is left doesn't fit into the run's 15 s.",
    hint: expect.stringContaining("--max-time"),
  });
  const left = results.filter(({ message }) => message === stoppedEarly?.reason);
  expect(left.length).toBeGreaterThan(5);
  expect(left.every(({ verdict, answered, hint }) => verdict === "skip" && !answered && hint)).toBe(true);
  expect(left.map(({ check }) => check.id)).not.toContain("secret.missing");
  expect(results.find(({ check }) => check.id === "delivery.burst")?.verdict).toBe("pass");
});

test("one at a time, 3 s each: too slow for many at once, and every event is accepted", async () => {
  const { results, stoppedEarly } = await runAgainst(oneByOne(3000), {
    on: ["mention", "follow"],
    only: ["accepts", "delivery.in-time", "delivery.burst"],
  });
  const verdictOf = Object.fromEntries(results.map(({ check, verdict }) => [check.id, verdict]));
  expect(verdictOf).toEqual({
    "accepts.mention": "pass",
    "accepts.follow": "pass",
    "delivery.in-time": "warn",
    "delivery.burst": "fail",
  });
  expect(results.at(-1)?.message).toMatch(/^Of 3 deliveries at once it did not answer .* A server sends up to 64\./);
  expect(stoppedEarly).toBeUndefined();
});
