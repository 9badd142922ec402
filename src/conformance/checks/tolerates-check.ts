// What checks of real events have in common: the oddity must be accepted like any other delivery.
import { kindOf } from "../probe/answer.js";
import type { CheckContext } from "../check-context.js";
import type { Check } from "./check.js";
import type { Judgement } from "../judgement/judgement.js";
import { whatItDid } from "../judgement/describe-answer.js";
import type { Plan } from "../deliveries/plans.js";
import { tryPlans } from "./try-plans.js";
import { mustAccept, skipped } from "../judgement/verdicts.js";

const always2xx = "A 2xx, as for any other delivery of that event.";

/** Sends all of them; each must be accepted. */
export function acceptAll(context: CheckContext, plans: readonly Plan[]): Promise<Judgement> {
  return tryPlans(context, plans, (tried) => mustAccept(tried, context.policy));
}

/** A delivery with an oddity, and the same without it, where accepts.* sends its like. */
export interface Odd {
  readonly plan: Plan;
  readonly control?: Plan | undefined;
}

/** What is refused without its oddity as well has another fault, and another check finds it. */
export async function acceptOdd(context: CheckContext, odds: readonly Odd[]): Promise<Judgement> {
  const judgement = await acceptAll(
    context,
    odds.map(({ plan }) => plan),
  );
  const isAnswered = typeof judgement.answered?.status === "number";
  const culprit = judgement.verdict === "fail" ? odds.find(({ plan }) => plan.label === judgement.sent) : undefined;
  if (!isAnswered || culprit?.control === undefined) return judgement;
  const without = await context.send(culprit.control);
  if (kindOf(without) === "accepted") return judgement;
  const others = odds.filter((odd) => odd !== culprit);
  if (others.length > 0) return acceptOdd(context, others);
  return skipped(`It ${whatItDid(without)} to “${culprit.control.label}” as well: see accepts.*.`);
}

export type ToleratesWords = Pick<Check, "title" | "sends" | "why" | "fix"> &
  Partial<Pick<Check, "expects" | "needs" | "severity">>;

const onRefusal =
  "If it refuses this on purpose, it should answer a 2xx and do nothing: to the sender a 4xx is a delivery that failed.";

/** What to do, and how to send the same again. */
function withAdvice(id: string, fix: string, judgement: Judgement): Judgement {
  const { verdict, answered, repeat, hint = fix } = judgement;
  if (verdict !== "fail" && verdict !== "warn") return judgement;
  const isRefused = verdict === "fail" && answered !== null && kindOf(answered) === "refused";
  const again = repeat === undefined ? `check <url> --only ${id}` : `${repeat} <url>`;
  const parts = [hint, ...(isRefused ? [onRefusal] : []), `To send it again: misskey-hooks ${again}`];
  return { ...judgement, hint: parts.join(" ") };
}

/** A check of the theme `tolerates`. */
export function tolerates(name: string, words: ToleratesWords, run: Check["run"]): Check {
  const id = `tolerates.${name}`;
  return {
    id,
    severity: "error",
    level: "standard",
    expects: always2xx,
    needs: ["accepted"],
    ...words,
    run: async (context) => withAdvice(id, words.fix, await run(context)),
  };
}
