// Is the secret looked at, whole and exactly? It is the only thing that tells an instance from anybody else.
import { findHeaderPrefix, hookHeaderNames } from "../../protocol/index.js";
import { kindOf } from "../answer.js";
import type { Bench } from "../bench.js";
import type { Check, Judgement } from "../check.js";
import { whatItDid } from "../describe-answer.js";
import { looksAccepted } from "../likeness.js";
import { type Plan, wrongSecretFor } from "../plans.js";
import { fellShort, passed, skipped, type Tried, worst } from "../verdicts.js";

/** The secrets to send, null for no header; or why there are none. */
type Secrets = (secret: string) => readonly (string | null)[] | string;

const swapCase = (text: string): string =>
  text.replace(/[a-z]/gi, (letter) => (letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase()));

/** A handler that refuses a plain wrong secret shows that it has an answer for it. */
function refusesWrongOnes({ first }: Bench): boolean {
  return kindOf(first.wrongSecret) !== "accepted" || !looksAccepted(first.wrongSecret, first.accepted);
}

function judgeAccepted(bench: Bench, { label: sent, answer }: Tried, acted: number | undefined): Judgement {
  const { first, requireRejection } = bench;
  if (acted === 0) return passed(answer, `It ${whatItDid(answer)} and did nothing; a 401 would say so.`, sent);
  if (!looksAccepted(answer, first.accepted)) {
    return passed(
      answer,
      `It ${whatItDid(answer)}, but not as to an accepted delivery: taken as ignored. A 401 is clearer.`,
      sent,
    );
  }
  if (refusesWrongOnes(bench)) {
    return {
      verdict: "fail",
      answered: answer,
      sent,
      message: `It ${whatItDid(answer)}, just as to the right secret, though it does refuse another wrong one: this one gets in.`,
    };
  }
  return {
    verdict: requireRejection ? "fail" : "warn",
    answered: answer,
    sent,
    message: `It ${whatItDid(answer)}, just as to the right secret: from outside nobody can tell whether it acted on it or ignored it.`,
    hint: "Answer 401. If it ignores such deliveries in silence, prove it with --observe or --outbound.",
  };
}

function judge(bench: Bench, tried: Tried, acted: number | undefined): Judgement {
  const { label, answer } = tried;
  if (acted !== undefined && acted > 0) {
    return {
      verdict: "fail",
      answered: answer,
      sent: label,
      message: `It ${whatItDid(answer)} and acted on it all the same: anybody who knows the URL can make it act.`,
    };
  }
  const kind = kindOf(answer);
  if (kind === "accepted") return judgeAccepted(bench, tried, acted);
  if (kind === "refused") return passed(answer, `It ${whatItDid(answer)}: refused.`, label);
  if (kind === "redirected") {
    return { ...fellShort("warn", tried, bench.policy), hint: "Answer 401 instead of a redirect to a login page." };
  }
  return {
    ...fellShort("fail", tried, bench.policy),
    hint: "Compare the secret before anything else, and answer 401 when it differs: a 4xx ends it, everything else is sent again.",
  };
}

interface Words extends Pick<Check, "title" | "sends" | "why" | "mend"> {
  readonly name: string;
}

function secretCheck({ name, ...words }: Words, secrets: Secrets): Check {
  const run = async (bench: Bench): Promise<Judgement> => {
    const { first } = bench;
    const wrong = secrets(bench.secret);
    if (typeof wrong === "string") return skipped(wrong);
    if (first.alwaysTheSame && name !== "wrong") return skipped("It answers everything alike: see handler.alive.");
    const judgements: Judgement[] = [];
    for (const secret of wrong) {
      const plan = bench.plan(first.base ?? bench.on[0] ?? "note", { secret, label: words.title });
      const { result: answer, acted } = await bench.observe(() => bench.send(plan), 0);
      judgements.push(judge(bench, { label: plan.label, answer }, acted));
      if (answer.status === null) break;
    }
    return worst(judgements);
  };
  return {
    id: `secret.${name}`,
    severity: "error",
    level: name === "wrong" || name === "missing" ? "basic" : "standard",
    ...words,
    expects: "401 or 403; any other 4xx will do. Not a 5xx, and no 2xx that looks like acceptance.",
    needs: ["secret"],
    run,
  };
}

const exact =
  "Compare the whole value for equality, in constant time (crypto.timingSafeEqual over hashes, hmac.compare_digest, subtle.ConstantTimeCompare).";

async function otherHeader(bench: Bench): Promise<Judgement> {
  const { first } = bench;
  if (first.alwaysTheSame) return skipped("It answers everything alike: see handler.alive.");
  const base = first.base ?? bench.on[0] ?? "note";
  const own = findHeaderPrefix([hookHeaderNames(bench.dialect).secret]);
  const other = own === "x-iceshrimp-" ? "x-misskey-hook-secret" : "x-iceshrimp-hook-secret";
  const label = `the secret in ${other} alone`;
  const planWith = (secret: string): Plan =>
    bench.plan(base, { label, secret: null, headers: (headers) => [...headers, [other, secret]] });
  const none = await bench.send(bench.plan(base, { secret: null }));
  if (kindOf(none) === "accepted" && looksAccepted(none, first.accepted)) {
    return skipped("It takes deliveries without any secret: see secret.missing.");
  }
  const right = await bench.observe(() => bench.send(planWith(bench.secret)), 0);
  const looksFine = kindOf(right.result) === "accepted" && looksAccepted(right.result, first.accepted);
  if (!looksFine) return judge(bench, { label, answer: right.result }, right.acted);
  const wrong = await bench.observe(() => bench.send(planWith(wrongSecretFor(bench.secret))), 0);
  const checksIt = kindOf(wrong.result) === "refused" || wrong.acted === 0;
  if (checksIt) return passed(right.result, "It knows that header too, and checks it.", label);
  return judge(bench, { label, answer: wrong.result }, wrong.acted);
}

export const secretChecks: readonly Check[] = [
  secretCheck(
    {
      name: "wrong",
      title: "a wrong secret",
      sends: "A plain delivery with a secret that has nothing in common with the right one.",
      why: "Anybody who learns the URL can send to it. A 5xx or no answer has every forged request sent again; a 2xx hides that something is wrong.",
      mend: "Compare `x-misskey-hook-secret` with your secret before you read the body, and answer 401 when it differs.",
    },
    (secret) => [wrongSecretFor(secret)],
  ),
  secretCheck(
    {
      name: "missing",
      title: "no secret header",
      sends: "A plain delivery without the secret's header.",
      why: "A scanner sends no such header. A check that runs only when the header is there lets it in.",
      mend: "Treat a missing header as a wrong secret; in particular don't write `if (header && header !== secret)`.",
    },
    () => [null],
  ),
  secretCheck(
    {
      name: "empty",
      title: "an empty secret",
      sends: "A plain delivery whose secret header is empty, as a hook without a secret sends it.",
      why: "An empty string counts as false in many languages, and is contained in every string.",
      mend: `Refuse an empty header, and refuse to start without a configured secret. ${exact}`,
    },
    () => [""],
  ),
  secretCheck(
    {
      name: "prefix",
      title: "a part of the secret",
      sends: "Plain deliveries with the secret but its last character, and but its first.",
      why: "`secret.startsWith(header)` or `secret.includes(header)` lets a guesser in character by character.",
      mend: exact,
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
      mend: exact,
    },
    (secret) => [`${secret}x`, `x${secret}`, `x${secret}x`],
  ),
  secretCheck(
    {
      name: "case",
      title: "the secret in other case",
      sends: "A plain delivery with the secret's letters in the other case.",
      why: "A comparison without regard to case throws away much of the secret's strength.",
      mend: `${exact} Header names ignore case, their values don't.`,
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
        mend: "Read the secret from the header of the family you serve. If you serve several, check the one that came, always.",
      },
      () => [],
    ),
    run: otherHeader,
  },
];
