// Handlers that are right, each in its own way, against all checks: none fails, and what can't be sure says so.
import { expect, test } from "vitest";
import { goodHandlers } from "./handlers/good.js";
import { idsOf, runAgainst, secretsOf } from "./verdicts-on.js";

test.concurrent.each(Object.entries(goodHandlers))(
  "%s",
  { timeout: 120_000 },
  async (_, { parts, warns = [], unproved = [], stops, ...how }) => {
    const outcome = await runAgainst(parts, how);
    expect(outcome.results.filter(({ verdict }) => verdict === "fail")).toEqual([]);
    expect(idsOf(outcome, "warn")).toEqual(warns);
    expect(secretsOf(idsOf(outcome, "unproved"))).toEqual(unproved);
    expect(outcome.stoppedEarly !== undefined).toBe(stops === true);
  },
);
