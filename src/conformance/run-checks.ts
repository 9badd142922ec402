// One run: the first impression, then check after check, within a budget of time. The same handler gets the same
// verdicts in the same order each time.
import { setMaxListeners } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import type { Dialect } from "../protocol/index.js";
import type { SampleRequest } from "../samples/index.js";
import { kindOf } from "./answer.js";
import type { Bench } from "./bench.js";
import type { Check, CheckResult, Judgement } from "./check.js";
import { firstImpression, type Stop } from "./first-impression.js";
import { inLanes } from "./lanes.js";
import { type Line, openLine, settleMs } from "./line.js";
import type { Outbound } from "./outbound.js";
import { carriesNote, createPlanner } from "./plans.js";
import { mustAccept, skipped } from "./verdicts.js";
import { observeWith, type Witness } from "./witness.js";

/** What is checked, and how. */
export interface RunOptions extends Pick<SampleRequest, "random" | "now" | "server" | "hookId" | "userId"> {
  readonly url: URL;
  readonly dialect: Dialect;
  /** Empty for a hook without one. */
  readonly secret: string;
  /** The events that the hook is registered for; at least one. */
  readonly on: readonly string[];
  /** False when `on` was guessed. */
  readonly onIsGiven: boolean;
  /** The checks to run, in their order. */
  readonly checks: readonly Check[];
  /** A wrong secret must be told apart from the right one. */
  readonly requireRejection: boolean;
  readonly witness?: Witness | undefined;
  readonly outbound?: Outbound | undefined;
  /** Starts the handler again after its process ended; false when that fails. */
  readonly restart?: (() => Promise<boolean>) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called for each check in order, as soon as it is known. */
  readonly onResult?: ((result: CheckResult) => void) | undefined;
}

export interface CheckRun {
  readonly results: readonly CheckResult[];
  /** Why the run ended before all checks were made; undefined when it didn't. */
  readonly stoppedEarly: string | undefined;
}

/** A run that isn't over by then skips what is left: the last check may take some seconds more. */
const budgetMs = 230_000;
const lanesSideBySide = 4;

/** The check that says what a handler's limit means. */
const loadCheck = "delivery.burst";
const limited = "It answers 429 to plain deliveries by now: raise its rate limit for the checks.";

/** The caller's signal, for the many probes that are under way at once. */
function manyListeners(signal: AbortSignal | undefined): AbortSignal | undefined {
  const own = signal && AbortSignal.any([signal]);
  if (own) setMaxListeners(0, own);
  return own;
}

/** Why the check can't be judged on this handler; undefined when it can. */
function whatIsMissing({ needs }: Check, bench: Bench): Judgement | undefined {
  if (needs.includes("secret") && bench.secret === "") {
    return skipped("The hook has no secret, so anybody can send to it. Give one with --secret.");
  }
  if (needs.includes("accepted") && bench.first.base === undefined) {
    return skipped("No event was accepted: see accepts.*.");
  }
  if (needs.includes("notes") && !bench.acceptedEvents.some(carriesNote)) {
    return skipped("None of the accepted events carries a note.");
  }
  return undefined;
}

/** A check over which the handler's process ended. */
function ended(check: Check, judgement: Judgement, isBack: boolean): Judgement {
  const end = isBack ? "Its process ended over this, and was started again." : "Its process ended over this.";
  return {
    ...judgement,
    verdict: "fail",
    message: judgement.verdict === "fail" ? `${judgement.message} ${end}` : end,
    hint: `${check.mend} Also catch what is thrown after the answer: an unhandled rejection ends a Node process.`,
  };
}

/** Judges checks one by one, and knows when there is nothing more to judge. */
function createJudge(bench: Bench, line: Line, stop: Stop | undefined) {
  const startedAt = performance.now();
  let stopped = stop;

  /** Whether plain deliveries, which it accepted before, are too many for it by now. */
  async function isLimiting(): Promise<boolean> {
    if (bench.first.base === undefined) return false;
    const plain = await line.probe(bench.plan(bench.first.base).fresh());
    return plain.status === 429;
  }

  /** A handler that died or fell silent over a check failed it, whatever it answered. */
  async function afterwards(check: Check, judgement: Judgement): Promise<Judgement> {
    if (judgement.verdict === "skip") return judgement;
    if (judgement.answered?.status === 429 && check.id !== loadCheck && (await isLimiting())) {
      stopped = { reason: limited, judged: [loadCheck] };
      return skipped(limited);
    }
    if (judgement.answered?.silence?.reason === "timeout" && bench.first.base !== undefined) {
      const plain = await line.probe(bench.plan(bench.first.base).fresh());
      if (plain.silence?.reason !== "timeout") return judgement;
      stopped = { reason: `It has not answered anything since ${check.id}.`, judged: [] };
      return { ...judgement, message: `${judgement.message} It has not answered anything since.` };
    }
    await delay(settleMs);
    if (await line.isThere()) return judgement;
    const isBack = await line.comesBack();
    if (!isBack) stopped = { reason: `Its process ended during ${check.id} and did not come back.`, judged: [] };
    return ended(check, judgement, isBack);
  }

  async function judge(check: Check): Promise<Judgement> {
    if (stopped && !stopped.judged.includes(check.id)) return skipped(stopped.reason);
    if (stopped?.fatal)
      return ended(check, mustAccept({ label: check.title, answer: stopped.fatal }, bench.policy), false);
    const missing = whatIsMissing(check, bench);
    if (missing) return missing;
    if (performance.now() - startedAt > budgetMs) {
      stopped = { reason: "The run took too long: it was ended after four minutes.", judged: [] };
      return skipped(stopped.reason);
    }
    const returnsBefore = line.returns();
    const judgement = await check.run(bench);
    if (stopped) return judgement;
    return line.returns() > returnsBefore ? ended(check, judgement, true) : afterwards(check, judgement);
  }

  return { judge, stopReason: () => stopped?.reason };
}

/**
 * Runs the checks. Rejects only when the handler can't be reached in the first place, or the run is interrupted.
 * @throws UnreachableError `handler-unreachable`, `no-counter`
 * @throws InterruptedError
 */
export async function runChecks(options: RunOptions): Promise<CheckRun> {
  const { url, dialect, secret, on, checks, outbound, restart, onResult = () => {} } = options;
  const planner = createPlanner(options);
  const observe = observeWith(options.witness);
  const line = openLine({ url, restart, signal: manyListeners(options.signal) });
  const { first, stop } = await firstImpression({ url, on, secret, planner, line, observe });
  const bench: Bench = {
    ...planner,
    ...line,
    dialect,
    policy: dialect.policy,
    on,
    onIsGiven: options.onIsGiven,
    secret,
    requireRejection: options.requireRejection,
    first,
    acceptedEvents: on.filter((event) => {
      const answer = first.byEvent.get(event);
      return answer !== undefined && kindOf(answer) === "accepted";
    }),
    observe,
    outbound,
  };

  const { judge, stopReason } = createJudge(bench, line, stop);
  const lanes = first.pace === "side by side" && options.witness === undefined ? lanesSideBySide : 1;
  const results: CheckResult[] = [];
  const work = checks.map((check) => ({
    alone: check.alone === true || lanes === 1,
    run: async () => ({ ...(await judge(check)), check }),
  }));
  await inLanes(lanes, work, (result) => {
    results.push(result);
    onResult(result);
  });
  return { results, stoppedEarly: stopReason() };
}
