// Judges checks one by one, and knows when there is nothing more to judge: the handler is gone, has fallen silent, or
// has had all the time there is.
import { durationInWords } from "../../reporters/index.js";
import type { CheckContext } from "../check-context.js";
import { type Budget, reserveMs } from "./budget.js";
import type { Check } from "../checks/check.js";
import type { Judgement } from "../judgement/judgement.js";
import type { Stop } from "./baseline.js";
import { type HandlerClient, patientMs, settleMs } from "../handler/client.js";
import { isSlow } from "../handler/pace.js";
import { carriesNote } from "../deliveries/plans.js";
import type { SeenLimit } from "../handler/rate-limit.js";
import { mustAccept, skipped } from "../judgement/verdicts.js";

/** The check that says what a handler's limit means. */
const loadCheck = "delivery.burst";

/** Checks that need no deliveries but those that every run begins with, if there are no more to be had. */
const shownByFirst = ["secret.wrong", "delivery.in-time", "delivery.no-redirect", "delivery.response-ends"];

/** So little time that waiting is over, however short. */
const littleMs = 5000;

/** Why the check can't be judged on this handler; undefined when it can. */
function whatIsMissing({ needs }: Check, context: CheckContext): Judgement | undefined {
  if (needs.includes("secret") && context.secret === "") {
    return skipped(
      context.secretIsGiven
        ? "The hook has no secret, so anybody can send to it. Give one with --secret."
        : "No secret was given: --secret, --secret-file or MISSKEY_HOOKS_SECRET has it, and --secret '' says that there is none.",
    );
  }
  if (needs.includes("accepted") && context.baseline.base === undefined) {
    return skipped("No event was accepted: see accepts.*.");
  }
  if (needs.includes("notes") && !context.acceptedEvents.some(carriesNote)) {
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
    hint: `${check.fix} Also catch what is thrown after the answer: an unhandled rejection ends a Node process.`,
  };
}

/** A crash after the answer comes the later the busier the machine is, and so do answers. */
function settlingMs({ answered }: Judgement): number {
  return Math.min(100, settleMs + 5 * (answered?.ms ?? 0));
}

/** The end of a run that has taken its time. */
function outOfTime({ baseline, limit }: CheckContext, { limitMs }: Budget): Stop {
  const times = baseline.accepted.answers.filter(isSlow).map(({ ms }) => ms);
  const pace = times.length === 0 ? "" : `, at ${durationInWords(Math.min(...times))} for each delivery`;
  return {
    reason: `What is left doesn't fit into the run's ${durationInWords(limitMs)}${limit() ? ", much of it spent waiting for its rate limit (429)" : pace}.`,
    hint: "Give it longer with --max-time 5m, or make the checks that matter alone with --only.",
    judged: [loadCheck],
  };
}

/** The end of a run that a rate limit leaves no time for; what the first deliveries have shown can still be judged. */
function outOfDeliveries({ baseline }: CheckContext, { after, retryAfterMs }: SeenLimit): Stop {
  const rest = retryAfterMs === undefined ? "for longer than the run can wait" : `for ${durationInWords(retryAfterMs)}`;
  return {
    reason: `It answers 429 from delivery ${after + 1} on, ${rest}: its rate limit.`,
    hint: "Raise its limit for the checks, or give the run longer with --max-time 10m.",
    judged: [...[...baseline.byEvent.keys()].map((event) => `accepts.${event}`), ...shownByFirst, loadCheck],
  };
}

export interface RunJudge {
  readonly judge: (check: Check) => Promise<Judgement>;
  /** Why there is nothing more to judge; undefined as long as there is. */
  readonly stopped: () => Stop | undefined;
}

/** Judges the checks of one run. */
export function createJudge(
  context: CheckContext,
  client: HandlerClient,
  budget: Budget,
  stop: Stop | undefined,
): RunJudge {
  let stopped = stop;

  /** Whether plain deliveries, which it accepted before, are too many for it by now. */
  async function isLimiting(): Promise<boolean> {
    if (context.baseline.base === undefined) return false;
    const plain = await client.probeOnce(context.plan(context.baseline.base).fresh());
    return plain.status === 429;
  }

  /** A handler that died or fell silent over a check failed it, whatever it answered. */
  async function afterwards(check: Check, judgement: Judgement): Promise<Judgement> {
    if (judgement.verdict === "skip") return judgement;
    const limit = judgement.answered?.status === 429 && check.id !== loadCheck ? client.limit() : undefined;
    if (limit && (await isLimiting())) {
      stopped = budget.leftMs(reserveMs) < littleMs ? outOfTime(context, budget) : outOfDeliveries(context, limit);
      return stopped.judged.includes(check.id) ? check.run(context) : skipped(stopped.reason, stopped.hint);
    }
    const isTimeout = judgement.answered?.silence?.reason === "timeout";
    if (isTimeout && context.baseline.base !== undefined && check.id !== loadCheck) {
      const plain = await client.probe(context.plan(context.baseline.base).fresh(), { answerMs: patientMs });
      if (plain.silence?.reason !== "timeout") return judgement;
      stopped = { reason: `It has not answered anything since ${check.id}.`, judged: [] };
      return { ...judgement, message: `${judgement.message} It has not answered anything since.` };
    }
    await client.sleep(settlingMs(judgement));
    if (await client.isThere()) return judgement;
    const isBack = await client.comesBack();
    if (!isBack) stopped = { reason: `Its process ended during ${check.id} and did not come back.`, judged: [] };
    return ended(check, judgement, isBack);
  }

  async function judge(check: Check): Promise<Judgement> {
    if (stopped && !stopped.judged.includes(check.id)) return skipped(stopped.reason, stopped.hint);
    if (stopped?.fatal)
      return ended(check, mustAccept({ label: check.title, answer: stopped.fatal }, context.policy), false);
    const missing = whatIsMissing(check, context);
    if (missing) return missing;
    if (budget.isSpent(check.id === loadCheck ? 0 : reserveMs)) {
      stopped ??= outOfTime(context, budget);
      return skipped(stopped.reason, stopped.hint);
    }
    const returnsBefore = client.returns();
    const judgement = await check.run(context);
    if (stopped) return judgement;
    return client.returns() > returnsBefore ? ended(check, judgement, true) : afterwards(check, judgement);
  }

  return { judge, stopped: () => stopped };
}
