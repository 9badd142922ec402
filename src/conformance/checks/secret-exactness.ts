// Is the secret looked at whole and exactly? Rarer ways to get in than without one, and so tried later.
import { findHeaderPrefix, hookHeaderNames } from "../../protocol/index.js";
import { kindOf } from "../probe/answer.js";
import type { CheckContext } from "../check-context.js";
import type { Check } from "./check.js";
import type { Judgement } from "../judgement/judgement.js";
import { looksAccepted } from "../judgement/similarity.js";
import { type Plan, wrongSecretFor } from "../deliveries/plans.js";
import { passed, skipped } from "../judgement/verdicts.js";
import { exactly, isSilent, judgeWrong, silentReason, secretCheck, sendWrong, targetOf } from "./secret-check.js";

const swapCase = (text: string): string =>
  text.replace(/[a-z]/gi, (letter) => (letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase()));

async function otherHeader(context: CheckContext): Promise<Judgement> {
  const { baseline } = context;
  if (baseline.alwaysTheSame) return skipped("It answers everything alike: see handler.alive.");
  if (isSilent(context)) return skipped(silentReason);
  const { event, variant } = targetOf(context);
  const own = findHeaderPrefix([hookHeaderNames(context.dialect).secret]);
  const other = own === "x-iceshrimp-" ? "x-misskey-hook-secret" : "x-iceshrimp-hook-secret";
  const label = `the secret in ${other} alone`;
  const planWith = (secret: string): Plan =>
    context.plan(event, { variant, label, secret: null, headers: (headers) => [...headers, [other, secret]] });
  const none = await context.send(context.plan(event, { variant, secret: null }));
  if (kindOf(none) === "accepted" && looksAccepted(none, baseline.accepted)) {
    return skipped("It takes deliveries without any secret: see secret.missing.");
  }
  const right = await sendWrong(context, planWith(context.secret));
  const looksFine = kindOf(right.result) === "accepted" && looksAccepted(right.result, baseline.accepted);
  if (!looksFine) return judgeWrong(context, { label, answer: right.result }, right.acted);
  const wrong = await sendWrong(context, planWith(wrongSecretFor(context.secret)));
  const checksIt = kindOf(wrong.result) === "refused" || wrong.acted === 0;
  if (checksIt) return passed(right.result, "It knows that header too, and checks it.", label);
  return judgeWrong(context, { label, answer: wrong.result }, wrong.acted);
}

export const secretExactnessChecks: readonly Check[] = [
  secretCheck(
    {
      name: "prefix",
      title: "a part of the secret",
      sends: "Plain deliveries with the secret but its last character, and but its first.",
      why: "`secret.startsWith(header)` or `secret.includes(header)` lets a guesser in character by character.",
      fix: exactly,
    },
    (secret) => {
      const parts = [secret.slice(0, -1).trim(), secret.slice(1).trim()].filter((part) => part !== "");
      return parts.length > 0 ? parts : "The secret is one character long: it has no part.";
    },
  ),
  secretCheck(
    {
      name: "superstring",
      title: "the secret and more",
      sends: "Plain deliveries with the secret at the start, at the end and in the middle of a longer text.",
      why: "`header.includes(secret)`, or a comparison over the secret's length, takes anything that contains it.",
      fix: exactly,
    },
    (secret) => [`${secret}x`, `x${secret}`, `x${secret}x`],
  ),
  secretCheck(
    {
      name: "case",
      title: "the secret in other case",
      sends: "A plain delivery with the secret's letters in the other case.",
      why: "A comparison without regard to case throws away much of the secret's strength.",
      fix: `${exactly} Header names ignore case, their values don't.`,
    },
    (secret) => (swapCase(secret) === secret ? "The secret has no letters." : [swapCase(secret)]),
  ),
  {
    ...secretCheck(
      {
        name: "other-header",
        title: "the secret in another family's header",
        sends:
          "A plain delivery with the right secret in the header of another family (`x-iceshrimp-hook-secret`), and none in its own.",
        why: "A handler that looks for any header that ends in -hook-secret, or for none, may be talked into skipping the check. One that knows that family and checks its header is fine.",
        fix: "Read the secret from the header of the family you serve. If you serve several, check the one that came, always.",
      },
      () => [],
    ),
    run: otherHeader,
  },
];
