// Handlers with one fault each, against all checks: it is found under its id and nowhere else.
import { expect, test } from "vitest";
import { faultyHandlers } from "./handlers/faulty.js";
import { idsOf, runAgainst, secretsOf } from "./verdicts-on.js";

test.concurrent.each(Object.entries(faultyHandlers))(
  "%s",
  { timeout: 120_000 },
  async (_, { parts, fails = [], warns = [], unproved = [], ...how }) => {
    const outcome = await runAgainst(parts, how);
    expect(idsOf(outcome, "fail").toSorted()).toEqual([...fails].toSorted());
    expect(secretsOf(idsOf(outcome, "unproved"))).toEqual(unproved);
    expect(idsOf(outcome, "warn").toSorted()).toEqual([...warns].toSorted());
  },
);
