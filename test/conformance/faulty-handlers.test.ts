// Handlers with one fault each, against all checks: it is found under its id and nowhere else.
import { expect, test } from "vitest";
import { faultyHandlers } from "./handlers/faulty.js";
import { idsOf, runAgainst } from "./verdicts-on.js";

test.concurrent.each(Object.entries(faultyHandlers))(
  "%s",
  { timeout: 120_000 },
  async (_, { parts, fails = [], warns = [], ...how }) => {
    const outcome = await runAgainst(parts, how);
    expect(idsOf(outcome, "fail").toSorted()).toEqual([...fails].toSorted());
    expect(idsOf(outcome, "warn").toSorted()).toEqual([...warns].toSorted());
  },
);
