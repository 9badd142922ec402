// Sends one delivery after another and keeps the worst judgement.
import type { CheckContext } from "../check-context.js";
import type { Judgement } from "../judgement/judgement.js";
import type { Pace } from "../handler/pace.js";
import type { Plan } from "../deliveries/plans.js";
import { passed, skipped, type Tried, worst } from "../judgement/verdicts.js";

/** How one answer is judged. */
export type Judge = (tried: Tried) => Judgement;

/** So many go together to a slow handler: little enough not to be a test of load. */
const sideBySide = 3;

/** A check that has taken this long is judged by what it has sent by then; of a slow handler there is more to ask. */
const enoughMs = { usual: 10_000, slow: 4000 } as const;

/** What is sent at once, one group after another. What takes long and can't go together is left to one that has to. */
function inGroups(plans: readonly Plan[], { baseline: { paceOf }, limit }: CheckContext): Plan[][] {
  if (limit()?.isScarce === true) return [plans.slice(0, 1)];
  const ofPace = (pace: Pace): Plan[] => plans.filter(({ event }) => paceOf(event) === pace);
  const groups = ofPace("usual").map((plan) => [plan]);
  const together = ofPace("side by side");
  while (together.length > 0) groups.push(together.splice(0, sideBySide));
  return groups.length > 0 ? groups : [plans.slice(0, 1)];
}

/**
 * Sends the plans and gives the worst judgement; stops at the first delivery that got no answer at all, since each such
 * wait costs five seconds and one is enough to know. Slow handlers get some at once, or the first alone; what falls
 * short beside others is tried again by itself.
 */
export async function tryPlans(context: CheckContext, plans: readonly Plan[], judge: Judge): Promise<Judgement> {
  const tried: Tried[] = [];
  const limitMs = enoughMs[context.baseline.pace === "usual" ? "usual" : "slow"];
  let takenMs = 0;
  for (const group of inGroups(plans, context)) {
    const together = await Promise.all(
      group.map(async (plan) => ({ plan, label: plan.label, answer: await context.send(plan) })),
    );
    for (const { plan, label, answer } of together) {
      const isDoubtful = group.length > 1 && judge({ label, answer }).verdict !== "pass";
      tried.push({ label, answer: isDoubtful ? await context.send(plan) : answer });
    }
    takenMs += Math.max(...together.map(({ answer }) => answer.ms));
    if (takenMs > limitMs || tried.some(({ answer }) => answer.status === null)) break;
  }
  const result = summary(tried, judge);
  const repeat = plans.find(({ label }) => label === result.sent)?.repeat;
  return repeat === undefined || result.verdict === "pass" ? result : { ...result, repeat };
}

function summary(tried: readonly Tried[], judge: Judge): Judgement {
  const last = tried.at(-1);
  if (last === undefined) return skipped("Nothing that could be sent shows it.");
  const result = worst(tried.map(judge));
  if (result.verdict !== "pass") return result;
  const sent = tried.map(({ label }) => label).join(", ");
  return tried.length === 1
    ? { ...result, sent }
    : passed(last.answer, `All ${tried.length} were taken as they should.`, sent);
}
