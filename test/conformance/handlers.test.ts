// Each handler against all checks: the good ones pass, each fault is found under its id and nowhere else.
import { expect, test } from "vitest";
import type { CheckRun } from "../../src/conformance/index.js";
import { checkHandler } from "./check-handler.js";
import { faultyHandlers } from "./handlers/faulty.js";
import { goodHandlers } from "./handlers/good.js";
import { createVirtualTime } from "../support/virtual-time.js";
import { type Parts, startHandler } from "./handlers/handler.js";

function verdicts({ results }: CheckRun, verdict: string): string[] {
  return results.filter((result) => result.verdict === verdict).map((result) => result.check.id);
}

interface How {
  readonly on?: readonly string[];
  readonly observed?: boolean;
  readonly requireRejection?: boolean;
  readonly text?: string;
}

async function run(parts: Parts | undefined, { observed, ...how }: How): Promise<CheckRun> {
  const time = createVirtualTime();
  const handler = await startHandler(parts, undefined, time.pause);
  try {
    const effectCounter = observed === true ? () => Promise.resolve(handler.acted()) : undefined;
    return await checkHandler(handler.url, { ...how, effectCounter, time });
  } finally {
    time.end();
    await handler.close();
  }
}

test.concurrent.each(Object.entries(goodHandlers))(
  "good: %s",
  { timeout: 60_000 },
  async (_, { parts, warns = [], stops, ...how }) => {
    const outcome = await run(parts, how);
    expect(outcome.results.filter(({ verdict }) => verdict === "fail")).toEqual([]);
    expect(verdicts(outcome, "warn")).toEqual(warns);
    expect(outcome.stoppedEarly !== undefined).toBe(stops === true);
  },
);

test.concurrent.each(Object.entries(faultyHandlers))(
  "faulty: %s",
  { timeout: 120_000 },
  async (_, { parts, fails = [], warns = [], ...how }) => {
    const outcome = await run(parts, how);
    expect(verdicts(outcome, "fail").toSorted()).toEqual([...fails].toSorted());
    expect(verdicts(outcome, "warn").toSorted()).toEqual([...warns].toSorted());
  },
);
