// What no server sends but scanners, proxies and mistakes do: a body that isn't an envelope.
import { kindOf } from "../probe/answer.js";
import type { CheckContext } from "../check-context.js";
import type { Check } from "./check.js";
import type { Judgement } from "../judgement/judgement.js";
import { whatItDid } from "../judgement/describe-answer.js";
import { tryPlans } from "./try-plans.js";
import { wrongSecretFor } from "../deliveries/plans.js";
import { passed, shouldSurvive, skipped, type Tried, worst } from "../judgement/verdicts.js";

const whence =
  "No instance sends this, so no event is lost; but an exception that nothing catches fills the log, and ends the process in some frameworks.";

/** A 2xx says “delivered” to something that can't have been read. */
function mustNotClaim(context: CheckContext, { label, answer }: Tried): Judgement {
  if (kindOf(answer) !== "accepted") return shouldSurvive({ label, answer }, context.policy, whence);
  return {
    verdict: "warn",
    answered: answer,
    sent: label,
    message: `To “${label}” it ${whatItDid(answer)}, as if it had been understood.`,
    hint: "Answer 400, so that a broken sender or proxy shows.",
  };
}

/** JSON that is no envelope may be ignored like an unknown event. */
function mayIgnore(context: CheckContext, tried: Tried): Judgement {
  return shouldSurvive(tried, context.policy, whence);
}

/** Whoever parses before he looks at the secret has a stranger's broken JSON to deal with as well. */
async function withWrongSecret(context: CheckContext, event: string, text: string): Promise<Judgement> {
  const kind = kindOf(context.baseline.wrongSecret);
  if (context.secret === "" || (kind !== "accepted" && kind !== "refused")) return skipped("");
  const label = "cut-off JSON with a wrong secret";
  const plan = context.plan(event, { label, text, secret: wrongSecretFor(context.secret) });
  return tryPlans(context, [plan], (tried) =>
    tried.answer.status === 429 ? passed(tried.answer, "Turned away.") : shouldSurvive(tried, context.policy, whence),
  );
}

type Judging = (context: CheckContext, tried: Tried) => Judgement;

function inputCheck(
  words: Pick<Check, "id" | "title" | "sends" | "expects" | "why" | "fix">,
  texts: Readonly<Record<string, string>>,
  judge: Judging,
  wrongToo = false,
): Check {
  const run = async (context: CheckContext): Promise<Judgement> => {
    const { alwaysTheSame, base } = context.baseline;
    if (alwaysTheSame) return skipped("It answers everything alike: see handler.alive.");
    const event = base ?? context.on[0] ?? "note";
    const plans = Object.entries(texts).map(([label, text]) => context.plan(event, { label, text }));
    const judgement = await tryPlans(context, plans, (tried) => judge(context, tried));
    const [text] = Object.values(texts);
    return wrongToo && judgement.verdict === "pass" && text !== undefined
      ? worst([judgement, await withWrongSecret(context, event, text)])
      : judgement;
  };
  return { ...words, severity: "warning", level: "standard", needs: [], run };
}

const fix400 =
  "Catch what the JSON parser throws and answer 400. In a framework, see that its own body parser runs inside the error handling.";

export const inputChecks: readonly Check[] = [
  inputCheck(
    {
      id: "input.malformed-json",
      title: "JSON that is cut off",
      sends: "The first half of an envelope, with the right secret and with a wrong one.",
      expects: "400 or another 4xx. A 5xx, or no answer, says that the handler is broken; a 2xx hides it.",
      why: "A proxy that cuts bodies, a limit that truncates, a test by hand: the parser throws, and what isn't caught ends the request, in some frameworks the process: then it is an error.",
      fix: fix400,
    },
    { "cut-off JSON": '{"server":"https://misskey.example","hookId":"9zzzzzzzzzh4k2000","type":"no' },
    mustNotClaim,
    true,
  ),
  inputCheck(
    {
      id: "input.not-an-object",
      title: "JSON that is no object",
      sends: 'With the right secret: `null`, `[]`, `""`, `5` and `{}`.',
      expects: "400 or another 4xx, or a 2xx that ignores it. Not a 5xx, and an answer.",
      why: "`null.type` throws in most languages. It takes one scanner to find out.",
      fix: "See that the parsed value is an object with a string `type` and an object `body` before you use it, and answer 400 if not.",
    },
    { null: "null", "[]": "[]", '""': '""', "5": "5", "{}": "{}" },
    mayIgnore,
  ),
  inputCheck(
    {
      id: "input.empty-body",
      title: "an empty body",
      sends: "With the right secret, a POST with no bytes in its body.",
      expects: "400 or another 4xx, or a 2xx that ignores it. Not a 5xx, and an answer.",
      why: "Uptime monitors and scanners send it. Some frameworks skip their body parser then, and the body is undefined.",
      fix: fix400,
    },
    { "an empty body": "" },
    mayIgnore,
  ),
];
