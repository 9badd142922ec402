// A run against a handler of the tests, with everything that a caller may leave out left out.
import { checks, type CheckRun, runChecks, type RunOptions, selectChecks } from "../../src/conformance/index.js";
import { resolveDialect } from "../../src/protocol/index.js";
import { secret } from "./handlers/handler.js";

const userEvents = ["note", "reply", "renote", "mention", "follow", "followed", "unfollow"];

export interface HandlerRun extends Partial<Omit<RunOptions, "url" | "secret" | "checks">> {
  /** Checks and themes; default: all of level standard. */
  readonly only?: readonly string[];
}

/** Checks the handler behind this URL, for all events of a user unless told otherwise. */
export function checkHandler(url: URL, { only = [], on = userEvents, ...options }: HandlerRun = {}): Promise<CheckRun> {
  return runChecks({
    dialect: resolveDialect("misskey"),
    onIsGiven: true,
    requireRejection: false,
    now: Date.now,
    random: Math.random,
    ...options,
    url,
    secret,
    on,
    checks: selectChecks(checks, { level: "standard", only, skip: [] }).filter(
      ({ event }) => event === undefined || on.includes(event),
    ),
  });
}
