// One run: the first impression, then check after check, within a budget of time. The same handler gets the same
// verdicts in the same order each time.
import { setMaxListeners } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { InterruptedError, UnreachableError } from "../errors.js";
import type { Dialect } from "../protocol/index.js";
import type { SampleRequest } from "../samples/index.js";
import { type Answer, kindOf, type Patience, type ProbeRequest } from "./answer.js";
import type { Bench, FailedDelivery } from "./bench.js";
import type { Check, CheckResult, Judgement } from "./check.js";
import { firstImpression, type Stop } from "./first-impression.js";
import { httpProbe, httpSession } from "./http-probe.js";
import type { Outbound } from "./outbound.js";
import { carriesNote, createPlanner, type Plan } from "./plans.js";
import { isListening, waitForReturn } from "./presence.js";
import { skipped } from "./verdicts.js";
import { observe, type Witness } from "./witness.js";

/** What is checked, and how. */
export interface RunOptions extends Pick<SampleRequest, "random" | "now"> {
  readonly url: URL;
  readonly dialect: Dialect;
  /** Empty for a hook without one. */
  readonly secret: string;
  readonly on: readonly string[];
  readonly onIsGiven: boolean;
  readonly server?: string | undefined;
  readonly hookId?: string | undefined;
  readonly userId?: string | undefined;
  /** The checks to run, in their order. */
  readonly checks: readonly Check[];
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
/** How long a supervised handler may take to come back. */
const returnMs = 3000;
/** A crash after the answer comes within this. */
const settleMs = 15;
/** Slower handlers are checked on several lanes, so that a run stays under a minute. */
const slowMs = 300;
const lanesForSlow = 8;

function needsOf(check: Check, bench: Bench): Judgement | undefined {
  if (check.needs.includes("secret") && bench.secret === "") {
    return skipped("The hook has no secret, so anybody can send to it. Give one with --secret.");
  }
  if (check.needs.includes("accepted") && bench.first.base === undefined) {
    return skipped("No event was accepted: see accepts.*.");
  }
  if (check.needs.includes("notes") && !bench.acceptedEvents.some(carriesNote)) {
    return skipped("None of the accepted events carries a note.");
  }
  return undefined;
}

/** The caller's signal, for the many probes that are under way at once. */
function manyListeners(signal: AbortSignal | undefined): AbortSignal | undefined {
  const own = signal && AbortSignal.any([signal]);
  if (own) setMaxListeners(0, own);
  return own;
}

/**
 * Runs the checks. Rejects only when the handler can't be reached in the first place, or the run is interrupted.
 * @throws UnreachableError `handler-unreachable`
 * @throws InterruptedError
 */
export async function runChecks(options: RunOptions): Promise<CheckRun> {
  const signal = manyListeners(options.signal);
  const { dialect, secret, on, witness, outbound, restart, checks, onResult = () => {} } = options;
  const startedAt = performance.now();
  const planner = createPlanner(options);
  const failed: FailedDelivery[] = [];
  let url = options.url;
  let probeAt = httpProbe(url, signal);
  let bodyMs = 400;

  async function probe(request: ProbeRequest, patience: Partial<Patience> = {}): Promise<Answer> {
    const answer = await probeAt(request, { answerMs: 5000, bodyMs, ...patience });
    if (signal?.aborted === true) throw new InterruptedError();
    if (answer.status !== null && !answer.ended) bodyMs = 60; // an endless body has a check of its own
    return answer;
  }

  const comesBack = async (): Promise<boolean> =>
    restart === undefined ? waitForReturn(url, returnMs, signal) : (await isListening(url)) || restart();

  async function send(plan: Plan, answerMs?: number): Promise<Answer> {
    let answer: Answer | undefined;
    let request = plan.fresh();
    for (let n = 1; n <= 3; n++) {
      const next = await probe(request, answerMs === undefined ? {} : { answerMs });
      // A process that ended answers no more: what it did before that counts.
      if (next.silence?.reason === "refused") return answer ?? next;
      answer = next;
      if (next.silence?.reason !== "closed") break;
      if (!(await isListening(url))) {
        await comesBack();
        break;
      }
      if (n < 3) request = plan.fresh();
    }
    const isTrouble = kindOf(answer as Answer) === "failed" || answer?.silence?.reason === "closed";
    if (isTrouble && failed.length < 8) failed.push({ plan, request });
    return answer as Answer;
  }

  const observed = <Result>(work: () => Promise<Result>, expected: number) => observe(witness, work, expected);

  const reached = await probe(planner.plan(on[0] ?? "note").fresh(), { answerMs: 12_000 });
  const { reason = "" } = reached.silence ?? {};
  if (reason === "refused" || reason === "unreachable") {
    throw new UnreachableError("handler-unreachable", `Nothing to check: ${reached.silence?.message ?? ""}`, {
      hint: "Start the handler first, or let --start 'npm run dev' --wait-on <url> do it.",
    });
  }

  const { first, stop } = await firstImpression({
    ...planner,
    on,
    secret,
    url,
    send,
    observe: observed,
    moveTo: (target) => {
      url = target ?? options.url;
      probeAt = httpProbe(url, signal);
    },
  });
  const acceptedEvents = on.filter((event) => {
    const answer = first.byEvent.get(event);
    return answer !== undefined && kindOf(answer) === "accepted";
  });
  const bench: Bench = {
    ...planner,
    dialect,
    policy: dialect.policy,
    on,
    onIsGiven: options.onIsGiven,
    secret,
    requireRejection: options.requireRejection,
    first,
    acceptedEvents,
    send,
    probe,
    openSession: () => httpSession(url, signal),
    observe: observed,
    outbound,
    failed,
  };

  let stopped: Stop | undefined = stop;
  const median = first.accepted.answers.map(({ ms }) => ms).toSorted((a, b) => a - b)[1] ?? 0;
  const lanes = median > slowMs && witness === undefined ? lanesForSlow : 1;

  async function outcomeOf(check: Check): Promise<Judgement> {
    if (stopped && !stopped.judged.includes(check.id)) return skipped(stopped.reason);
    const missing = needsOf(check, bench);
    if (missing) return missing;
    if (performance.now() - startedAt > budgetMs) {
      stopped = { reason: "The run took too long: it was ended after four minutes.", judged: [] };
      return skipped(stopped.reason);
    }
    const judgement = await check.run(bench);
    return stopped ? judgement : afterwards(check, judgement);
  }

  /** A handler that died or fell silent over a check failed it, whatever it answered. */
  async function afterwards(check: Check, judgement: Judgement): Promise<Judgement> {
    if (judgement.verdict === "skip") return judgement;
    if (judgement.answered?.silence?.reason === "timeout" && first.base !== undefined) {
      const plain = await probe(planner.plan(first.base).fresh());
      if (plain.silence?.reason !== "timeout") return judgement;
      stopped = { reason: `It has not answered anything since ${check.id}.`, judged: [] };
      return { ...judgement, message: `${judgement.message} It has not answered anything since.` };
    }
    await delay(settleMs);
    if (await isListening(url)) return judgement;
    const isBack = await comesBack();
    if (!isBack) stopped = { reason: `Its process ended during ${check.id} and did not come back.`, judged: [] };
    const end = isBack ? "Its process ended over this, and was started again." : "Its process ended over this.";
    return {
      ...judgement,
      verdict: "fail",
      message: judgement.verdict === "fail" ? `${judgement.message} ${end}` : end,
      hint: `${check.mend} Also catch what is thrown after the answer: an unhandled rejection ends a Node process.`,
    };
  }

  const outcomes: (Judgement | undefined)[] = checks.map(() => undefined);
  let reported = 0;
  const settle = (index: number, judgement: Judgement): void => {
    outcomes[index] = judgement;
    for (; reported < checks.length; reported++) {
      const [check, known] = [checks[reported], outcomes[reported]];
      if (check === undefined || known === undefined) return;
      onResult({ ...known, check });
    }
  };
  await inLanes(lanes, checks, outcomeOf, settle);
  return {
    results: checks.map((check, index) => ({ ...(outcomes[index] ?? skipped("")), check })),
    stoppedEarly: stopped?.reason,
  };
}

/** One after another, or several beside each other between the checks that must be alone. */
async function inLanes(
  lanes: number,
  checks: readonly Check[],
  outcomeOf: (check: Check) => Promise<Judgement>,
  settle: (index: number, judgement: Judgement) => void,
): Promise<void> {
  let group: (() => Promise<void>)[] = [];
  const flush = async (): Promise<void> => {
    const queue = group;
    group = [];
    const lane = async (): Promise<void> => {
      for (let task = queue.shift(); task; task = queue.shift()) await task();
    };
    await Promise.all(Array.from({ length: lanes }, lane));
  };
  for (const [index, check] of checks.entries()) {
    if (check.alone === true) await flush();
    group.push(async () => settle(index, await outcomeOf(check)));
    if (check.alone === true || lanes === 1) await flush();
  }
  await flush();
}
