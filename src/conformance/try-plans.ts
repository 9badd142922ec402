// Sends one delivery after another and keeps the worst judgement.
import type { Answer } from "./answer.js";
import type { Bench } from "./bench.js";
import type { Judgement } from "./check.js";
import type { Plan } from "./plans.js";
import { passed, skipped, type Tried, worst } from "./verdicts.js";

/** How one answer is judged. */
export type Judge = (tried: Tried) => Judgement;

/**
 * Sends the plans in order and gives the worst judgement; stops at the first delivery that got no answer at all, since
 * each such wait costs five seconds and one is enough to know. Slow handlers get them all at once, or the first alone.
 */
export async function tryPlans(bench: Bench, plans: readonly Plan[], judge: Judge): Promise<Judgement> {
  const { pace } = bench.first;
  if (pace === "side by side") {
    const answers = await Promise.all(plans.map((plan) => bench.send(plan)));
    return summary(
      plans.map(({ label }, index) => ({ label, answer: answers[index] as Answer })),
      judge,
    );
  }
  const tried: Tried[] = [];
  for (const plan of pace === "sparing" ? plans.slice(0, 1) : plans) {
    const answer = await bench.send(plan);
    tried.push({ label: plan.label, answer });
    if (answer.status === null) break;
  }
  return summary(tried, judge);
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
