// How a check sends wrong secrets, and what the answers mean.
import { type Answer, kindOf } from "../probe/answer.js";
import type { CheckContext } from "../check-context.js";
import type { Check } from "./check.js";
import type { Judgement } from "../judgement/judgement.js";
import { whatItDid } from "../judgement/describe-answer.js";
import { looksAccepted } from "../judgement/similarity.js";
import { hookHeaderNames } from "../../protocol/index.js";
import { type Plan, wrongSecretFor } from "../deliveries/plans.js";
import { fellShort, passed, skipped, type Tried, unproved, worst } from "../judgement/verdicts.js";
import type { Observed } from "../effects/effect-counter.js";

/** The secrets to send, null for no header; or why there are none. */
type Secrets = (secret: string) => readonly (string | null)[] | string;

/** A handler that refuses a plain wrong secret shows that it has an answer for it. */
function refusesWrongOnes({ baseline }: CheckContext): boolean {
  return kindOf(baseline.wrongSecret) !== "accepted" || !looksAccepted(baseline.wrongSecret, baseline.accepted);
}

function judgeAccepted(context: CheckContext, { label: sent, answer }: Tried, acted: number | undefined): Judgement {
  const { baseline, requireRejection } = context;
  if (acted === 0) return passed(answer, `It ${whatItDid(answer)} and did nothing; a 401 would say so.`, sent);
  if (!looksAccepted(answer, baseline.accepted)) {
    return passed(
      answer,
      `It ${whatItDid(answer)}, but not as to an accepted delivery: taken as ignored. A 401 is clearer.`,
      sent,
    );
  }
  if (refusesWrongOnes(context)) {
    return {
      verdict: "fail",
      answered: answer,
      sent,
      message: `It ${whatItDid(answer)}, just as to the right secret, though it does refuse another wrong one: this one gets in.`,
    };
  }
  const message = `It ${whatItDid(answer)}, just as to the right secret: from outside nobody can tell whether it acted on it or ignored it.`;
  const hint = context.isWatched
    ? "Answer 401. It acted on no sample with the right secret either, so watching it proves nothing: does --text '…' make it act?"
    : "Answer 401. If it ignores such deliveries in silence, prove it with --observe or --outbound, or accept it with --baseline.";
  return requireRejection
    ? { verdict: "fail", answered: answer, sent, message, hint }
    : unproved(answer, message, { sent, hint });
}

export const silentReason = "It answers wrong secrets like the right one: see secret.wrong.";

/** Wrong secrets get the answer of the right one, and nobody sees what is done: one check says so for all of them. */
export function isSilent(context: CheckContext): boolean {
  const { trigger } = context.baseline;
  return trigger === undefined && !context.requireRejection && !refusesWrongOnes(context);
}

/**
 * Whether the answers show that it worked on a wrong secret: the same event with the right one is then answered as one
 * that it knows already.
 */
async function knowsFromWrong(context: CheckContext): Promise<Judgement | undefined> {
  const { event, variant } = targetOf(context);
  const { secret: secretHeader } = hookHeaderNames(context.dialect);
  const right = context.plan(event, { variant }).fresh();
  const headers = right.headers.map(([name, value]): [string, string] => [
    name,
    name.toLowerCase() === secretHeader.toLowerCase() ? wrongSecretFor(context.secret) : value,
  ]);
  const wrong = await context.probe({ ...right, headers });
  const first = await context.probe(right);
  const again = await context.probe(right);
  const isAnswered = kindOf(wrong) === "accepted" && first.status !== null && again.status !== null;
  const isKnown = !looksAccepted(first, context.baseline.accepted) && looksAccepted(first, { answers: [again] });
  if (!isAnswered || !isKnown) return undefined;
  return {
    verdict: "fail",
    answered: first,
    sent: "an event with a wrong secret, and the same with the right one",
    message: `After an event with a wrong secret it ${whatItDid(first)} to the same with the right one, as to an event that it has dealt with: it takes what a wrong secret brings.`,
    hint: "Compare the secret before anything else, and answer 401 when it differs.",
  };
}

const lacksReturn =
  "It refuses and goes on all the same: a `return` is missing after the answer. Nothing may happen before the secret is compared.";

/** What an answer to a secret that isn't the hook's means. */
export function judgeWrong(context: CheckContext, tried: Tried, acted: number | undefined): Judgement {
  const { label, answer } = tried;
  if (acted !== undefined && acted > 0) {
    return {
      verdict: "fail",
      answered: answer,
      sent: label,
      message: `It ${whatItDid(answer)} and acted on it all the same: anybody who knows the URL can make it act.`,
      ...(kindOf(answer) === "refused" ? { hint: lacksReturn } : {}),
    };
  }
  const kind = kindOf(answer);
  if (answer.status === 429 && kindOf(context.baseline.wrongSecret) === "refused") {
    return passed(answer, "It answered 429: turned away, after others were refused.", label);
  }
  if (kind === "accepted") return judgeAccepted(context, tried, acted);
  if (kind === "refused") return passed(answer, `It ${whatItDid(answer)}: refused.`, label);
  if (kind === "redirected") {
    return { ...fellShort("warn", tried, context.policy), hint: "Answer 401 instead of a redirect to a login page." };
  }
  return {
    verdict: "fail",
    answered: answer,
    sent: label,
    message: `To “${label}” it ${whatItDid(answer)}. That speaks of trouble, not of a refusal: the sender tries again, ${context.policy.attempts} times in all.`,
    hint: "Compare the secret before anything else, and answer 401 when it differs: a 4xx ends it, everything else is sent again.",
  };
}

/** Some validators say what they expected instead. */
function judgeTelling({ label, answer }: Tried): Judgement {
  return {
    verdict: "fail",
    answered: answer,
    sent: label,
    message: `To “${label}” it ${whatItDid(answer)}, and its answer contains the right secret: whoever asks is told.`,
    hint: "A validator that quotes what it expected tells secrets. Compare the secret yourself, and answer 401 without details.",
  };
}

/** Shorter ones may be part of any answer. */
const tellingLength = 6;

function isTold({ body, headers }: Answer, secret: string): boolean {
  return secret.length >= tellingLength && [body, ...Object.values(headers)].some((text) => text.includes(secret));
}

export interface SecretWords extends Pick<Check, "title" | "sends" | "why" | "fix"> {
  readonly name: string;
}

/** What a stranger would send: what the handler acts on, where that is known. */
export function targetOf({ baseline, on }: CheckContext): {
  readonly event: string;
  readonly variant: string | undefined;
} {
  return baseline.trigger ?? { event: baseline.base ?? on[0] ?? "note", variant: undefined };
}

/** The answer to the run's first wrong secret, where asking again takes long. */
function knownAnswer({ baseline, limit }: CheckContext, name: string): Observed<Answer> | undefined {
  const isScarce = baseline.refusalPace === "sparing" || limit()?.isScarce === true;
  if (name !== "wrong" || !isScarce || baseline.wrongSecret.status === null) return undefined;
  return { result: baseline.wrongSecret, acted: baseline.actedOnWrongSecret, lateMs: 0 };
}

/** A key in the URL may be what lets a delivery without a secret in: then strangers, who don't know it, are kept out. */
function maybeByUrl(context: CheckContext, judgement: Judgement, secret: string | null): Judgement {
  const { answered } = judgement;
  const isIn = judgement.verdict === "fail" && answered !== null && kindOf(answered) === "accepted";
  if (!isIn || context.url.search === "" || (secret !== null && secret !== "") || !refusesWrongOnes(context))
    return judgement;
  return {
    ...judgement,
    verdict: context.requireRejection ? "fail" : "warn",
    message: `It ${whatItDid(answered)} without a secret, though it refuses a wrong one: it seems to go by the key in the URL.`,
    hint: "URLs end up in logs and in other people's screenshots. Require the secret's header as well.",
  };
}

/** What comes of a wrong secret. A counter may be moved by others: only what happens twice is held against it. */
export async function sendWrong(context: CheckContext, plan: Plan): Promise<Observed<Answer>> {
  const once = await context.observe(() => context.send(plan), 0);
  if (once.acted === undefined || once.acted === 0) return once;
  const twice = await context.observe(() => context.send(plan), 0);
  return twice.acted === 0 ? twice : once;
}

/** A check that sends secrets which aren't the hook's, in its own header. */
export function secretCheck({ name, ...words }: SecretWords, secrets: Secrets): Check {
  const isBasic = name === "wrong" || name === "missing";
  const run = async (context: CheckContext): Promise<Judgement> => {
    const { baseline } = context;
    const wrong = secrets(context.secret);
    if (typeof wrong === "string") return skipped(wrong);
    if (name !== "wrong" && isSilent(context)) return skipped(silentReason);
    if (baseline.alwaysTheSame && name !== "wrong") return skipped("It answers everything alike: see handler.alive.");
    // The other secrets are parts of the right one, or contain it: an answer may quote what it was sent.
    const tells = (answer: Answer, secret: string): boolean => isBasic && isTold(answer, secret);
    const judgements: Judgement[] = [];
    for (const secret of wrong) {
      const { event, variant } = targetOf(context);
      const isOdd = secret !== null && /[^ -~]/.test(secret);
      const plan = context.plan(event, {
        variant,
        secret,
        label: isOdd ? `${words.title}, not in ASCII` : words.title,
      });
      const observed = (isOdd ? undefined : knownAnswer(context, name)) ?? (await sendWrong(context, plan));
      const { result: answer, acted } = observed;
      const tried = { label: plan.label, answer };
      const judgement = tells(answer, context.secret) ? judgeTelling(tried) : judgeWrong(context, tried, acted);
      judgements.push(maybeByUrl(context, judgement, secret));
      if (answer.status === null) break;
    }
    const result = worst(judgements);
    const isOpen = name === "wrong" && result.verdict === "unproved" && !baseline.alwaysTheSame;
    return isOpen ? ((await knowsFromWrong(context)) ?? result) : result;
  };
  return {
    id: `secret.${name}`,
    severity: "error",
    level: isBasic ? "basic" : "standard",
    ...words,
    expects: "401 or 403; any other 4xx will do. Not a 5xx, and no 2xx that looks like acceptance.",
    needs: ["secret"],
    run,
  };
}

/** What to do where a secret is looked at, and not exactly. */
export const exactly =
  "Compare the whole value for equality, in constant time (crypto.timingSafeEqual over hashes, hmac.compare_digest, subtle.ConstantTimeCompare).";
