// The same event more than once, as it comes when an answer was late or bad.
import { type Answer, kindOf } from "../probe/answer.js";
import type { CheckContext } from "../check-context.js";
import type { Check } from "./check.js";
import type { Judgement } from "../judgement/judgement.js";
import { whatItDid } from "../judgement/describe-answer.js";
import { frozen, type Plan } from "../deliveries/plans.js";
import { fellShort, mustSurvive, passed, skipped, unproved, worst } from "../judgement/verdicts.js";
import { delivery } from "./delivery-check.js";

const unseen = "Whether it acted once or each time can't be seen from outside.";
const proveIt = "To see it: --observe, a counter of the handler's own, or --outbound, a sink for its own calls.";
const nothingToSee = "It acts on none of the samples, so whether twice can't be seen: does --text '…' make it act?";

/** The delivery to repeat: one that the handler acts on, where that is known. */
function repeated({ baseline, plan }: CheckContext, label: string): Plan {
  const { event, variant } = baseline.trigger ?? { event: baseline.base ?? "note", variant: undefined };
  return frozen(plan(event, { variant, label }));
}

function judgeActs(
  context: CheckContext,
  answers: readonly Answer[],
  acted: number | undefined,
  label: string,
): Judgement {
  const judgement = worst(answers.map((answer) => mustSurvive({ label, answer }, context.policy)));
  if (judgement.verdict !== "pass") return judgement;
  const [answer = null] = answers;
  if (acted === undefined && context.isWatched) return skipped(nothingToSee);
  if (acted === undefined) return unproved(answer, `Taken. ${unseen}`, { sent: label, hint: proveIt });
  const once = context.baseline.trigger?.times ?? 1;
  if (acted > once) {
    const usual = once === 1 ? "" : `, where ${once} times is usual`;
    return {
      verdict: "fail",
      answered: answer,
      sent: label,
      message: `It acted ${acted} times on one event${usual}: what it does is done again with each attempt.`,
    };
  }
  return passed(answer, acted === 0 ? "It did nothing more." : "It acted once.", label);
}

async function redelivery(context: CheckContext): Promise<Judgement> {
  const again = repeated(context, "the same delivery, three times in a row");
  const { result, acted } = await context.observe(async () => {
    const answers: Answer[] = [];
    for (let n = 0; n < 3; n++) answers.push(await context.probe(again.fresh()));
    return answers;
  }, 1);
  return judgeActs(context, result, acted, again.label);
}

async function concurrentRedelivery(context: CheckContext): Promise<Judgement> {
  const times = context.baseline.pace === "sparing" ? 2 : 5;
  const label = `the same delivery, ${times} times at once`;
  const again = repeated(context, label);
  const { result, acted } = await context.observe(
    () => Promise.all(Array.from({ length: times }, () => context.probe(again.fresh()))),
    1,
  );
  return judgeActs(context, result, acted, again.label);
}

const swallowed =
  "so it had marked the event as done before the work was. The sender's second attempt was its only chance.";

/** When the same is sent again before it is held against the handler. */
const laterMs = [1500, 3000] as const;

/** So long a handler that took the work into a queue of its own has for the next try. */
const catchUpMs = 6000;
const catchUpStepMs = 100;

/** Whether it calls the sink, which answers again, without being told to: it keeps what failed and tries again. */
async function catchesUp({ outbound, sleep, baseline }: CheckContext, callsBefore: number): Promise<boolean> {
  const failed = outbound?.count() ?? callsBefore;
  for (let waitedMs = 0; waitedMs < catchUpMs; waitedMs += catchUpStepMs) {
    await sleep(catchUpStepMs);
    if ((outbound?.count() ?? 0) - failed >= (baseline.trigger?.times ?? 1)) return true;
  }
  return false;
}

/** With a sink that fails first: the handler's own failure, made to order. */
async function afterOutboundFailure(context: CheckContext, label: string): Promise<Judgement> {
  const { outbound } = context;
  if (outbound === undefined) return skipped("");
  if (context.baseline.trigger === undefined) return skipped("It did not call the sink, so it can't be made to fail.");
  const again = repeated(context, label);
  const callsBefore = outbound.count();
  outbound.fail(true);
  const failing = await context.observe(() => context.probe(again.fresh()), 1);
  outbound.fail(false);
  if (outbound.count() === callsBefore)
    return skipped("The handler did not call the sink, so it can't be made to fail.");
  if (kindOf(failing.result) === "refused") {
    return {
      ...fellShort("fail", { label, answer: failing.result }, context.policy),
      hint: "Answer 503 to trouble of your own.",
    };
  }
  if (kindOf(failing.result) === "accepted") {
    if (await catchesUp(context, callsBefore)) {
      return passed(failing.result, "It took the event, and did the work by itself once that was possible.", label);
    }
    return {
      verdict: "warn",
      answered: failing.result,
      sent: label,
      message: `It ${whatItDid(failing.result)} although what it called had failed: nobody will send the event again.`,
      hint: "Answer 503 when the work failed, or keep the event and retry it yourself.",
    };
  }
  let second = await context.observe(() => context.probe(again.fresh()), 1);
  // A server comes back after a minute: a mark that is taken back by then is no fault.
  for (const ms of laterMs) {
    if (second.acted !== 0) break;
    await context.sleep(ms);
    second = await context.observe(() => context.probe(again.fresh()), 1);
  }
  if (second.acted === 0) {
    return {
      verdict: "fail",
      answered: second.result,
      sent: label,
      message: `It ${whatItDid(failing.result)} when what it called failed, and did nothing when the event came again, ${swallowed}`,
    };
  }
  return passed(second.result, "It failed, and did the work when the event came again.", label);
}

/** Without one: an event that it stumbled over in an earlier check comes again. */
async function afterOwnFailure(context: CheckContext, label: string): Promise<Judgement> {
  for (const { plan, request } of context.failed) {
    const again = await context.probe(request);
    if (kindOf(again) !== "accepted") continue;
    const anew = await context.send(plan);
    if (kindOf(anew) === "accepted") continue;
    // A server comes back after a minute: a mark that is taken back by then is no fault.
    await context.sleep(laterMs[0]);
    if (kindOf(await context.probe(request)) !== "accepted") continue;
    return {
      verdict: "fail",
      answered: again,
      sent: `${label}: ${plan.label}`,
      message: `It ${whatItDid(again)} to an event that it had failed on, while a new event of the same kind still fails: ${swallowed}`,
    };
  }
  if (context.failed.length > 0) return passed(null, "What it failed on, it tries again.", label);
  return skipped("It did not fail at anything. With --outbound it can be made to.");
}

function afterFailure(context: CheckContext): Promise<Judgement> {
  const label = "a delivery, and the same again after it failed";
  return context.outbound ? afterOutboundFailure(context, label) : afterOwnFailure(context, label);
}

const idempotency =
  "Keep the `eventId`s you have dealt with (a unique key in the database, or a cache of some hours), and answer 2xx to one you know. It is the same on every attempt.";

export const repetitionChecks: readonly Check[] = [
  delivery(
    "redelivery",
    {
      title: "the same event again",
      sends: "One delivery three times, byte for byte the same, one after another.",
      expects: "A 2xx each time (or a 4xx such as 409), and one action.",
      why: "When an answer is late or lost the sender can't know that it was taken, and sends the same `eventId` again.",
      fix: idempotency,
    },
    redelivery,
  ),
  delivery(
    "concurrent-redelivery",
    {
      title: "the same event at once",
      sends: "One delivery five times at the same moment.",
      expects: "A 2xx each time (or a 4xx such as 409), and one action.",
      why: "The second attempt may come while the first is still being worked on. To look first and to mark later leaves a gap.",
      fix: "Make looking up and marking one step: INSERT … ON CONFLICT DO NOTHING, SET NX, or a map of work under way.",
    },
    concurrentRedelivery,
  ),
  delivery(
    "after-failure",
    {
      title: "the same event after a failure",
      sends:
        "A delivery that the handler failed on, once more: made to fail with --outbound, else one that failed in another check.",
      expects: "That it does the work the second time.",
      why: "A retry is the sender's gift to a handler that failed. One that marks the event as done before the work throws it away.",
      fix: "Mark the `eventId` as done after the work, or take the mark back when the work fails.",
    },
    afterFailure,
  ),
];
