// Each handler against all checks: the good ones pass, each fault is found under its id and nowhere else.
import { expect, test } from "vitest";
import { checks, type CheckRun, runChecks, selectChecks } from "../../src/conformance/index.js";
import { resolveDialect } from "../../src/protocol/index.js";
import { faultyHandlers } from "./handlers/faulty.js";
import { goodHandlers } from "./handlers/good.js";
import { secret, startHandler } from "./handlers/handler.js";

const userEvents = ["note", "reply", "renote", "mention", "follow", "followed", "unfollow"];

function verdicts({ results }: CheckRun, verdict: string): string[] {
  return results.filter((result) => result.verdict === verdict).map((result) => result.check.id);
}

interface How {
  readonly on?: readonly string[];
  readonly observed?: boolean;
  readonly requireRejection?: boolean;
}

async function run(parts: Parameters<typeof startHandler>[0], { on = userEvents, observed, requireRejection }: How) {
  const handler = await startHandler(parts);
  try {
    return await runChecks({
      url: handler.url,
      dialect: resolveDialect("misskey"),
      secret,
      on,
      onIsGiven: true,
      checks: selectChecks(checks, { level: "standard", only: [], skip: [] }).filter(
        ({ event }) => event === undefined || on.includes(event),
      ),
      requireRejection: requireRejection === true,
      witness: observed === true ? () => Promise.resolve(handler.acted()) : undefined,
      now: Date.now,
      random: Math.random,
    });
  } finally {
    await handler.close();
  }
}

test.concurrent.each(Object.entries(goodHandlers))(
  "good: %s",
  { timeout: 60_000 },
  async (_, { parts, on, warns = [], stops }) => {
    const outcome = await run(parts, on ? { on } : {});
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
