// Is it a handler at all? A page, a proxy's error or a broken build answers everything alike.
import { type Dialect, hookHeaderNames } from "../../protocol/index.js";
import { kindOf } from "../probe/answer.js";
import type { CheckContext } from "../check-context.js";
import type { Check } from "./check.js";
import type { Judgement } from "../judgement/judgement.js";
import { whatFollows, whatItDid } from "../judgement/describe-answer.js";
import { passed } from "../judgement/verdicts.js";

const pathHint = "Is this the handler's path, and does it take POST there?";
const validationHint =
  "It refuses what servers really send: log why. Does it want a key that isn't there, or another hook, user or server (--hook-id, --user-id, --server)?";

const answerHint =
  "Answer on every path, also where the handler does nothing: res.status(204).end(), or return a response.";
const returnHint =
  "Something answers before the work is done, and the work goes on: is a `return` missing after that answer? The first answer counts.";

const blindHint =
  "See that --observe names a counter that goes up when the handler does its work, or that its own calls go to the sink of --outbound. Does --text '…' make it act?";

/** What an answer to everything usually means. */
const hints: Readonly<Record<number, string>> = {
  400: validationHint,
  404: pathHint,
  405: pathHint,
  415: "Servers send content-type: application/json, without a charset. Don't compare it with anything longer.",
  422: validationHint,
  429: "Its rate limit is spent before the first delivery: by others, or because it is too low.",
};

function hintFor(status: number, dialect: Dialect): { hint?: string } {
  const { secret } = hookHeaderNames(dialect);
  const isRefusal = status === 401 || status === 403;
  const hint = isRefusal
    ? `Is the secret the one that the handler was started with, and does it read it from ${secret}? Some refuse other servers, hooks or users as well: name theirs with --server, --hook-id, --user-id.`
    : hints[status];
  return hint === undefined ? {} : { hint };
}

function judge(context: CheckContext): Judgement {
  const { baseline, policy, requireRejection } = context;
  const [answer] = baseline.byEvent.values();
  if (answer === undefined) throw new Error("A run begins with a delivery of each event.");
  const [plain = answer] = baseline.accepted.answers;
  const isBlind = context.isWatched && baseline.base !== undefined && baseline.trigger === undefined;
  if (!baseline.alwaysTheSame) {
    return passed(
      plain,
      `It tells deliveries apart.${isBlind ? ` It was not seen to act on any sample. ${blindHint}` : ""}`,
    );
  }
  const sent = "deliveries with the right secret, with a wrong one, and broken JSON";
  if (kindOf(answer) === "accepted") {
    return {
      verdict: requireRejection ? "fail" : "warn",
      answered: answer,
      sent,
      message: `It ${whatItDid(answer)} to everything, also to a wrong secret and to broken JSON: from outside nobody can tell what it accepts, and the checks of secret and input say nothing.`,
      hint: isBlind
        ? blindHint
        : "Answer 401 to a wrong secret and 400 to what isn't JSON. If the handler ignores them in silence, prove it with --observe or --outbound.",
    };
  }
  const message =
    answer.status === null
      ? `It ${whatItDid(answer)}, whatever was sent. ${whatFollows(answer, policy)}`
      : `It ${whatItDid(answer)} to every delivery, the right one too. ${whatFollows(answer, policy)}`;
  if (baseline.trigger) {
    const hint = answer.status === null ? answerHint : returnHint;
    return { verdict: "fail", answered: answer, sent, message: `${message} All the same it does its work.`, hint };
  }
  const hint = answer.status === null ? { hint: answerHint } : hintFor(answer.status, context.dialect);
  return { verdict: "fail", answered: answer, sent, message, ...hint };
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
    fix: "See that the URL is the handler's own, that it takes POST, and that an exception in front of the router (a middleware, a missing setting) isn't what answers.",
    needs: [],
    run: (context) => Promise.resolve(judge(context)),
  },
];
