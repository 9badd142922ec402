// Is it a handler at all? A page, a proxy's error or a broken build answers everything alike.
import { kindOf } from "../answer.js";
import type { Bench } from "../bench.js";
import type { Check, Judgement } from "../check.js";
import { whatFollows, whatItDid } from "../describe-answer.js";
import { passed } from "../verdicts.js";

function judge(bench: Bench): Judgement {
  const { first, policy, requireRejection } = bench;
  const [answer] = first.byEvent.values();
  if (answer === undefined) throw new Error("A run begins with a delivery of each event.");
  if (!first.alwaysTheSame) return passed(first.accepted.answers[0] ?? answer, "It tells deliveries apart.");
  const sent = "deliveries with the right secret, with a wrong one, and broken JSON";
  if (kindOf(answer) === "accepted") {
    return {
      verdict: requireRejection ? "fail" : "warn",
      answered: answer,
      sent,
      message: `It ${whatItDid(answer)} to everything, also to a wrong secret and to broken JSON: from outside nobody can tell what it accepts, and the checks of secret and input say nothing.`,
      hint: "Answer 401 to a wrong secret and 400 to what isn't JSON. If the handler ignores them in silence, prove it with --observe or --outbound.",
    };
  }
  const isRefusal = answer.status === 401 || answer.status === 403;
  return {
    verdict: "fail",
    answered: answer,
    sent,
    message: `It ${whatItDid(answer)} to every delivery, the right one too. ${whatFollows(answer, policy)}`,
    ...(isRefusal
      ? {
          hint: "Is the secret the one that the handler was started with, and does it read it from x-misskey-hook-secret?",
        }
      : {}),
    ...(answer.status === 404 || answer.status === 405
      ? { hint: "Is this the handler's path, and does it take POST there?" }
      : {}),
  };
}

export const handlerChecks: readonly Check[] = [
  {
    id: "handler.alive",
    severity: "error",
    level: "basic",
    title: "answers different things differently",
    sends: "Plain deliveries of each subscribed event, one with a wrong secret, and broken JSON.",
    expects: "A 2xx for what is right, and something else for what isn't.",
    why: "A handler that answers everything with an error gets nothing done and nobody may notice; one that answers everything with 200 can't be judged from outside.",
    mend: "See that the URL is the handler's own, that it takes POST, and that an exception in front of the router (a middleware, a missing setting) isn't what answers.",
    needs: [],
    run: (bench) => Promise.resolve(judge(bench)),
  },
];
