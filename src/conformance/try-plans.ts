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
 * each such wait costs five seconds and one is enough to know.
 */
export async function tryPlans(bench: Bench, plans: readonly Plan[], judge: Judge): Promise<Judgement> {
  const judgements: Judgement[] = [];
  let last: Answer | undefined;
  for (const plan of plans) {
    last = await bench.send(plan);
    judgements.push(judge({ label: plan.label, answer: last }));
    if (last.status === null) break;
  }
  if (last === undefined) return skipped("Nothing that could be sent shows it.");
  const result = worst(judgements);
  if (result.verdict !== "pass") return result;
  const sent = plans.map(({ label }) => label).join(", ");
  return plans.length === 1
    ? { ...result, sent }
    : passed(last, `All ${plans.length} were taken as they should.`, sent);
}
