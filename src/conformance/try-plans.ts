// Sends one delivery after another and keeps the worst judgement.
import type { Bench } from "./bench.js";
import type { Judgement } from "./check.js";
import type { Plan } from "./plans.js";
import { passed, skipped, type Tried, worst } from "./verdicts.js";

/** How one answer is judged. */
export type Judge = (tried: Tried) => Judgement;

/** So many go together to a slow handler: little enough not to be a test of load. */
const sideBySide = 3;

/**
 * Sends the plans in order and gives the worst judgement; stops at the first delivery that got no answer at all, since
 * each such wait costs five seconds and one is enough to know. Slow handlers get some at once, or the first alone; what
 * falls short beside others is tried again by itself.
 */
export async function tryPlans(bench: Bench, plans: readonly Plan[], judge: Judge): Promise<Judgement> {
  const { pace } = bench.first;
  const queue = pace === "sparing" ? plans.slice(0, 1) : [...plans];
  const tried: Tried[] = [];
  while (queue.length > 0 && tried.every(({ answer }) => answer.status !== null)) {
    const group = queue.splice(0, pace === "side by side" ? sideBySide : 1);
    const together = await Promise.all(
      group.map(async (plan) => ({ plan, label: plan.label, answer: await bench.send(plan) })),
    );
    for (const { plan, label, answer } of together) {
      const isDoubtful = group.length > 1 && judge({ label, answer }).verdict !== "pass";
      tried.push({ label, answer: isDoubtful ? await bench.send(plan) : answer });
    }
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
