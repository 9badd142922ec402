// From answers to judgements. Pure: what an answer means is decided here, once for all checks.
import type { DeliveryPolicy } from "../../protocol/index.js";
import { type Answer, kindOf } from "../probe/answer.js";
import type { Judgement } from "./judgement.js";
import { whatFollows, whatItDid } from "./describe-answer.js";

/** What was sent, and what came of it. */
export interface Tried {
  readonly label: string;
  readonly answer: Answer;
}

export function skipped(message: string, hint?: string): Judgement {
  return { verdict: "skip", message, answered: null, ...(hint === undefined ? {} : { hint }) };
}

export function passed(answer: Answer | null, message: string, sent?: string): Judgement {
  return { verdict: "pass", message, answered: answer, ...(sent === undefined ? {} : { sent }) };
}

/** It was answered in order, and the answer doesn't show what matters. */
export function unproved(
  answer: Answer | null,
  message: string,
  more: { sent?: string; hint?: string } = {},
): Judgement {
  return { verdict: "unproved", message, answered: answer, ...more };
}

/** The handler's answer to one delivery, found wanting. */
export function fellShort(verdict: "warn" | "fail", { label, answer }: Tried, policy: DeliveryPolicy): Judgement {
  return {
    verdict,
    answered: answer,
    sent: label,
    message: `To “${label}” it ${whatItDid(answer)}. ${whatFollows(answer, policy)}`,
  };
}

/**
 * A real event must be taken: 2xx, or it is lost, at once or after some attempts.
 * @param refusal what a 4xx is: `fail`, or `warn` where strictness is a choice
 */
export function mustAccept(tried: Tried, policy: DeliveryPolicy, refusal: "warn" | "fail" = "fail"): Judgement {
  const kind = kindOf(tried.answer);
  if (kind === "accepted") return passed(tried.answer, "Accepted.");
  return fellShort(kind === "refused" ? refusal : "fail", tried, policy);
}

/** What isn't meant for this handler may be ignored (2xx) or refused (4xx), but must not upset it. */
export function mustSurvive(tried: Tried, policy: DeliveryPolicy): Judgement {
  const { answer } = tried;
  const kind = kindOf(answer);
  if (kind === "accepted") return passed(answer, `It ${whatItDid(answer)}: taken, or ignored.`);
  if (kind === "refused") return passed(answer, `It ${whatItDid(answer)}: refused for good, which is fine.`);
  if (kind === "redirected") return passed(answer, `It ${whatItDid(answer)}: see delivery.no-redirect.`);
  return fellShort("fail", tried, policy);
}

/**
 * What no instance sends to this hook should be answered in order, but an upset handler loses no event over it: a
 * warning. One whose process ends over it is another matter, which the run notices by itself.
 * @param whence who sends it, as a sentence
 */
export function shouldSurvive(tried: Tried, policy: DeliveryPolicy, whence: string): Judgement {
  const judgement = mustSurvive(tried, policy);
  if (judgement.verdict !== "fail") return judgement;
  return {
    ...judgement,
    verdict: "warn",
    message: `To “${tried.label}” it ${whatItDid(tried.answer)}. ${whence}`,
  };
}

const order = ["skip", "pass", "unproved", "warn", "fail"] as const;

/** The worst of several judgements, the first of its kind. At least one must be given. */
export function worst(judgements: readonly Judgement[]): Judgement {
  return judgements.reduce((a, b) => (order.indexOf(b.verdict) > order.indexOf(a.verdict) ? b : a));
}
