// Many deliveries over one connection, as servers keep them. What a handler leaves unread there is taken for the next.
import { type Answer, kindOf } from "../probe/answer.js";
import type { CheckContext } from "../check-context.js";
import type { Check } from "./check.js";
import type { Judgement } from "../judgement/judgement.js";
import { whatFollows, whatItDid } from "../judgement/describe-answer.js";
import { senderPatienceMs } from "../handler/client.js";
import { wrongSecretFor } from "../deliveries/plans.js";
import { passed, skipped } from "../judgement/verdicts.js";
import { delivery } from "./delivery-check.js";

/** So long may deliveries over one connection take. */
const enoughMs = 10_000;

/** How many deliveries over one connection; every sixth, or second, is a wrong one. */
const rounds = { usual: { count: 24, wrongEvery: 6 }, few: { count: 3, wrongEvery: 2 } } as const;

/** A request that is refused in the middle shows a handler that leaves an unread body on the connection. */
async function keepAlive(context: CheckContext): Promise<Judgement> {
  const event = context.baseline.base ?? "note";
  const right = context.plan(event);
  const { wrongSecret, pace, refusalPace } = context.baseline;
  const isQuick = pace === "usual" && refusalPace === "usual" && context.limit()?.isScarce !== true;
  const hasRefusal = context.secret !== "" && wrongSecret.status !== null;
  const wrong = hasRefusal ? context.plan(event, { secret: wrongSecretFor(context.secret) }) : undefined;
  const { count, wrongEvery } = rounds[isQuick ? "usual" : "few"];
  const session = context.openSession();
  try {
    let answer: Answer | undefined;
    let takenMs = 0;
    let n = 0;
    while (n < count && takenMs < enoughMs) {
      n++;
      const isWrong = wrong !== undefined && n % wrongEvery === 0;
      answer = await session.probe((isWrong ? wrong : right).fresh(), { answerMs: senderPatienceMs, bodyMs: 400 });
      takenMs += answer.ms;
      if (isWrong || kindOf(answer) === "accepted") continue;
      // A handler that serves one connection at a time would keep the new one waiting.
      await session.close();
      const alone = await context.send(right);
      if (kindOf(alone) !== "accepted") return skipped("It no longer accepts plain deliveries.");
      const afterRefusal = (n - 1) % wrongEvery === 0 && n > 1;
      return {
        verdict: "fail",
        answered: answer,
        sent: `delivery ${n} over one connection`,
        message: `To delivery ${n} over one kept-alive connection it ${whatItDid(answer)}, over a new connection it accepts the same. ${whatFollows(answer, context.policy)}`,
        ...(afterRefusal
          ? {
              hint: "The delivery before was refused: read a request's body to its end before you answer, or answer with connection: close.",
            }
          : {}),
      };
    }
    return passed(answer ?? null, `${n} deliveries over one connection, refused ones among them.`);
  } finally {
    await session.close();
  }
}

export const keepAliveCheck: Check = delivery(
  "keep-alive",
  {
    title: "keeps connections in order",
    sends: "24 deliveries over one connection, some with a wrong secret among them.",
    expects: "The same answers as over new connections.",
    why: "Servers keep connections and reuse them, for all hooks that point at this host. A body that isn't read to its end is taken for the next request.",
    fix: "Read the whole body before you answer, or close the connection with `connection: close`.",
  },
  keepAlive,
);
