// One run: the baseline, then check after check, within a budget of time. The same handler gets the same
// verdicts in the same order each time.
import { setMaxListeners } from "node:events";
import { createSlots } from "../../delivery/index.js";
import type { Dialect } from "../../protocol/index.js";
import { type RunTime, sleep, systemTime } from "../probe/time.js";
import type { Network } from "../../network/index.js";
import type { SampleRequest } from "../../samples/index.js";
import { kindOf } from "../probe/answer.js";
import type { CheckContext } from "../check-context.js";
import { type BudgetOptions, createBudget, reserveMs } from "./budget.js";
import type { Check, CheckResult } from "../checks/check.js";
import { takeBaseline } from "./baseline.js";
import { createJudge } from "./judge.js";
import { inLanes } from "./lanes.js";
import { createClient } from "../handler/client.js";
import { spokenCalls } from "../effects/spoken-of.js";
import type { Outbound } from "../effects/outbound.js";
import { createPlanner } from "../deliveries/plans.js";
import { createRateLimit } from "../handler/rate-limit.js";
import { observeEffects, type EffectCounter } from "../effects/effect-counter.js";

/** What is checked, and how. */
export interface RunOptions extends Pick<SampleRequest, "random" | "now" | "server" | "hookId" | "userId"> {
  readonly url: URL;
  readonly dialect: Dialect;
  /** Empty for a hook without one. */
  readonly secret: string;
  /** False when nobody said whether there is one. Default: true. */
  readonly secretIsGiven?: boolean | undefined;
  /** What notes say; default: what the samples say. */
  readonly text?: string | undefined;
  /** The events that the hook is registered for; at least one. */
  readonly on: readonly string[];
  /** False when `on` was guessed. */
  readonly onIsGiven: boolean;
  /** The checks to run, in their order. */
  readonly checks: readonly Check[];
  /** A wrong secret must be told apart from the right one. */
  readonly requireRejection: boolean;
  readonly effectCounter?: EffectCounter | undefined;
  readonly outbound?: Outbound | undefined;
  /** By which the run waits, measures and hangs up. Default: the system's. */
  readonly time?: RunTime | undefined;
  /** Default: 55 seconds by the run's clock. */
  readonly budget?: BudgetOptions | undefined;
  /** Proxies, and whom TLS trusts. Default: none, and whom Node trusts. */
  readonly network?: Network | undefined;
  /** Starts the handler again after its process ended; false when that fails. */
  readonly restart?: (() => Promise<boolean>) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called for each check in order, as soon as it is known. */
  readonly onResult?: ((result: CheckResult) => void) | undefined;
}

export interface CheckRun {
  readonly results: readonly CheckResult[];
  /** Why the run ended before all checks were made, and what to do about it; undefined when it didn't. */
  readonly stoppedEarly: { readonly reason: string; readonly hint?: string } | undefined;
}

/** A run of this length is over within a minute, its last check included. */
const usualBudget: BudgetOptions = { limitMs: 55_000 };
const lanesSideBySide = 4;

/** The caller's signal, for the many probes that are under way at once. */
function manyListeners(signal: AbortSignal | undefined): AbortSignal | undefined {
  const own = signal && AbortSignal.any([signal]);
  if (own) setMaxListeners(0, own);
  return own;
}

/**
 * Runs the checks. Rejects only when the handler can't be reached in the first place, or the run is interrupted.
 * @throws UnreachableError `handler-unreachable`, `no-counter`
 * @throws InterruptedError
 */
export async function runChecks(options: RunOptions): Promise<CheckRun> {
  const { url, dialect, secret, on, checks, outbound, restart, onResult = () => {} } = options;
  const planner = createPlanner(options);
  const spoken = outbound && spokenCalls(outbound, planner.words);
  // Of a handler that speaks of what it was sent, a call that doesn't is no action but a note of warning, say.
  const calls = outbound && ((): number => spoken?.() || outbound.count());
  const effectCounter = options.effectCounter ?? (calls && (async (): Promise<number> => calls()));
  const isWatched = effectCounter !== undefined;
  const { time = systemTime } = options;
  const { limitMs, clock = time.now, ...given } = options.budget ?? usualBudget;
  const budget = createBudget(limitMs, clock);
  const signal = manyListeners(options.signal);
  const rateLimit = createRateLimit({
    clock,
    sleep: given.sleep ?? ((ms) => sleep(time, ms, signal)),
    leftMs: () => budget.leftMs(reserveMs),
  });
  const client = createClient({ url, restart, network: options.network, rateLimit, time, signal });
  const observe = observeEffects(effectCounter, client.lastRequestAt, time);
  const { baseline, stop } = await takeBaseline({ url, on, secret, planner, client, observe, isWatched });
  const inSlot = createSlots(baseline.width);
  const context: CheckContext = {
    ...planner,
    ...client,
    send: (...delivery) => inSlot(() => client.send(...delivery)),
    url,
    dialect,
    policy: dialect.policy,
    on,
    onIsGiven: options.onIsGiven,
    secret,
    secretIsGiven: options.secretIsGiven ?? true,
    requireRejection: options.requireRejection,
    baseline,
    acceptedEvents: on.filter((event) => {
      const answer = baseline.byEvent.get(event);
      return answer !== undefined && kindOf(answer) === "accepted";
    }),
    isWatched,
    observe: baseline.trigger
      ? (work, expected, quietFor = baseline.trigger?.quietMs) => observe(work, expected, quietFor)
      : observeEffects(undefined),
    outbound,
    spokenCalls: spoken,
  };

  const { judge, stopped } = createJudge(context, client, budget, stop);
  /** Where effects are counted, one thing must be done at a time. */
  const isAlone = (check: Check): boolean => {
    const isSecret = check.id.startsWith("secret.");
    const paces = isSecret ? [baseline.refusalPace] : context.acceptedEvents.map(baseline.paceOf);
    return check.alone === true || !paces.includes("side by side") || isWatched;
  };
  const results: CheckResult[] = [];
  const work = checks.map((check) => ({
    alone: isAlone(check),
    run: async () => {
      const startedAt = time.now();
      const judgement = await judge(check);
      return { ...judgement, check, tookMs: Math.round(time.now() - startedAt) };
    },
  }));
  await inLanes(lanesSideBySide, work, (result) => {
    results.push(result);
    onResult(result);
  });
  return { results, stoppedEarly: stopped() };
}
