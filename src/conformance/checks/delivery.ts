// How one delivery is answered: in time, from the URL itself, with an end.
import { type Answer, kindOf, type ProbeRequest } from "../probe/answer.js";
import type { CheckContext } from "../check-context.js";
import type { Check } from "./check.js";
import type { Judgement } from "../judgement/judgement.js";
import { whatItDid } from "../judgement/describe-answer.js";
import { passed, skipped, unproved } from "../judgement/verdicts.js";
import { delivery } from "./delivery-check.js";
import { keepAliveCheck } from "./keep-alive.js";

const slowMs = 1000;
const tooSlowMs = 5000;
const loadAtOnce = 16;

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}

function isTimeout(answer: Answer): boolean {
  return answer.silence?.reason === "timeout" || answer.ms >= tooSlowMs;
}

async function inTime(context: CheckContext): Promise<Judgement> {
  const plain = [...context.baseline.byEvent.values()].find((answer) => answer.status !== null);
  const calm = context.baseline.accepted.answers;
  const msOf = (event: string): number => context.baseline.byEvent.get(event)?.ms ?? 0;
  const late = [...context.baseline.byEvent.values()].find(isTimeout) ?? calm.find(isTimeout);
  if (late) {
    const took = late.status === null ? "" : ` (it took ${(late.ms / 1000).toFixed(1)} s)`;
    return {
      verdict: "fail",
      answered: late,
      message: `It did not answer within 5 s${took}. The sender hangs up then and tries again: the handler does its work up to ${context.policy.attempts} times, and the event still counts as failed.`,
    };
  }
  if (calm.length === 0) return skipped("No event was accepted.");
  const calmMs = median(calm.map(({ ms }) => ms));
  if (calmMs > slowMs) return slow(plain ?? null, calmMs, "one delivery at a time");
  const slowest = context.acceptedEvents.find(
    (event) => context.baseline.paceOf(event) !== "usual" && msOf(event) > slowMs,
  );
  if (slowest) return slow(context.baseline.byEvent.get(slowest) ?? null, msOf(slowest), `a plain ${slowest}`, "");
  if (context.baseline.pace === "sparing" || context.limit()?.isScarce === true)
    return passed(calm[0] ?? null, `Answered in ${calmMs} ms (median).`);
  const plan = context.plan(context.baseline.base ?? "note");
  const answers = await Promise.all(Array.from({ length: loadAtOnce }, () => context.probeOnce(plan.fresh())));
  // A rate limit answers quickly, and is judged under delivery.burst.
  if (answers.some(({ status }) => status === 429))
    return passed(calm[0] ?? null, `Answered in ${calmMs} ms (median).`);
  const loadedMs = median(answers.map(({ ms }) => ms));
  if (loadedMs > slowMs) return slow(answers[0] ?? null, loadedMs, `${loadAtOnce} deliveries at once`);
  return passed(calm[0] ?? null, `Answered in ${calmMs} ms, ${loadedMs} ms with ${loadAtOnce} at once (medians).`);
}

function slow(answered: Answer | null, ms: number, sent: string, kind = "median, "): Judgement {
  return {
    verdict: "warn",
    answered,
    sent,
    message: `It took ${(ms / 1000).toFixed(1)} s to answer (${kind}${sent}). The sender hangs up after 5 s; under load that comes soon.`,
  };
}

/** Where script.google.com sends who has called a script, to fetch the answer. */
const appsScriptEcho = "script.googleusercontent.com";

function noRedirect(context: CheckContext): Promise<Judgement> {
  const { redirect, byEvent, wrongSecret } = context.baseline;
  const [plain = null] = byEvent.values();
  if (redirect && new URL(redirect.to).host === appsScriptEcho) {
    return Promise.resolve({
      verdict: "warn",
      answered: plain,
      message: `It answered ${redirect.status} to ${appsScriptEcho}, as Google Apps Script does when it has done its work: the event counts as delivered. But a script sees no headers, so it can't check the secret, and nothing else can be checked from here.`,
      hint: "Put a long random key into the URL (?key=…) and compare it in doPost(e), for anybody who learns the URL can send to it.",
    });
  }
  if (redirect) {
    const asGet = redirect.status < 304;
    const gone = asGet
      ? "the POST becomes a GET without a body, so the event is lost and counts as delivered"
      : "the POST is repeated there";
    return Promise.resolve({
      verdict: "fail",
      answered: plain,
      message: `It answered ${redirect.status}: the sender follows to ${redirect.to}, ${gone}, and the secret's header goes along to wherever that is.`,
      hint: `Register the URL that answers itself${redirect.followed ? ` (${redirect.to})` : ""}.`,
    });
  }
  if (kindOf(wrongSecret) === "redirected") {
    return Promise.resolve({
      verdict: "fail",
      answered: wrongSecret,
      sent: "a wrong secret",
      message: `It answered ${wrongSecret.status} to a wrong secret: the sender follows it with a GET, and takes the page there for success.`,
      hint: "Answer 401 on this path instead of sending people to a login page.",
    });
  }
  return Promise.resolve(passed(plain, "No redirect."));
}

async function responseEnds(context: CheckContext): Promise<Judgement> {
  const ended = context.baseline.accepted.answers.find((answer) => answer.ended);
  if (ended) return passed(ended, "The response ends.");
  const plan = context.plan(context.baseline.base ?? "note");
  const answer = await context.probe(plan.fresh(), { bodyMs: 3000 });
  if (answer.status === null) return passed(answer, "No response, so no endless one.");
  if (answer.ended) return passed(answer, "The response ends.");
  return {
    verdict: "fail",
    answered: answer,
    message: `It ${whatItDid(answer)}, and the response's body had not ended 3 s later. The sender never reads it: each delivery keeps a connection and a response open on both sides.`,
  };
}

function getRequest(context: CheckContext): ProbeRequest {
  const plan = context.plan(context.baseline.base ?? "note").fresh();
  return {
    method: "GET",
    headers: plan.headers.filter(([name]) => name.toLowerCase() !== "content-type"),
    body: new Uint8Array(),
  };
}

async function getHarmless(context: CheckContext): Promise<Judgement> {
  const get = (): ReturnType<typeof context.probe> => context.probe(getRequest(context));
  const once = await context.observe(get, 0);
  // What an earlier delivery led to may come late: only what is seen twice counts.
  const { result: answer, acted = 0 } = (once.acted ?? 0) > 0 ? await context.observe(get, 0) : once;
  if (acted > 0) {
    return { verdict: "fail", answered: answer, message: `It ${whatItDid(answer)} to a GET, and acted on it.` };
  }
  if (kindOf(answer) === "accepted" && once.acted === undefined) {
    return unproved(answer, `It ${whatItDid(answer)} to a GET, and whether it acted can't be seen from outside.`, {
      hint: "Answer 405 to anything but POST. To see whether it acts: --observe or --outbound.",
    });
  }
  // 501 is how Python's http.server says that it has no GET.
  if (answer.status !== null && (answer.status < 500 || answer.status === 501)) {
    return passed(answer, `It ${whatItDid(answer)} to a GET.`);
  }
  return {
    verdict: "warn",
    answered: answer,
    message: `To a GET with the hook's headers and no body it ${whatItDid(answer)}: no event is lost, but monitors will call it broken.`,
  };
}

/** What a handler that stands at all should stand. */
export const deliveryChecks: readonly Check[] = [
  delivery(
    "in-time",
    {
      title: "answers in time",
      sends: "Plain deliveries, one after another and sixteen at once.",
      expects: "An answer's headers within 5 s; within 1 s to be on the safe side.",
      why: "A server waits 5 s for the headers, hangs up, and sends the same again about a minute later.",
      fix: "Answer first and work afterwards: put the event into a queue, or start the work without waiting for it.",
    },
    inTime,
    { level: "basic", needs: [] },
  ),
  delivery(
    "no-redirect",
    {
      title: "does not redirect",
      sends: "A plain delivery.",
      expects: "An answer from this very URL.",
      why: "Servers follow redirects with the secret's header, to any host. After 301, 302 and 303 the POST becomes a GET without a body, and the 200 at its end counts as delivered.",
      fix: "Register the final URL: https instead of http, with or without the slash at the end as the router wants it.",
    },
    noRedirect,
    { needs: [] },
  ),
  delivery(
    "response-ends",
    {
      title: "ends its response",
      sends: "A plain delivery.",
      expects: "A response whose body ends within 3 s.",
      why: "The sender looks at the status alone. A response that is never ended leaks a connection with each delivery.",
      fix: "Call `res.end()` (or return) on every path, and send no stream.",
    },
    responseEnds,
  ),
  delivery(
    "get-harmless",
    {
      title: "a GET does no harm",
      sends: "A GET with the hook's headers and no body.",
      expects: "No action: that would be an error. Any answer but a 5xx (501 is fine).",
      why: "Browsers, link previews and monitors send a GET; so does an instance after a redirect, with the right secret.",
      fix: "Answer 405 or 404 to anything but POST before you read the body.",
    },
    getHarmless,
    { needs: [] },
  ),
  keepAliveCheck,
];
