// As many deliveries as a server sends at once. Last in a run, since it leaves the handler tired.
import { outcomeOf } from "../../protocol/index.js";
import { durationInWords } from "../../reporters/index.js";
import { type Answer, kindOf, type ProbeRequest } from "../probe/answer.js";
import type { CheckContext, Baseline } from "../check-context.js";
import type { Check } from "./check.js";
import type { Judgement } from "../judgement/judgement.js";
import { whatFollows, whatItDid } from "../judgement/describe-answer.js";
import { patientMs, senderPatienceMs } from "../handler/client.js";
import { mostAtOnce } from "../handler/pace.js";
import type { SeenLimit } from "../handler/rate-limit.js";
import { passed } from "../judgement/verdicts.js";
import { delivery } from "./delivery-check.js";

/** What a server sends at once. */
const atOnce = 64;
/**
 * A server's queue (BullMQ) begins a job as soon as it has fetched it, and goes on to the next: what lies between two is
 * one round trip to its Redis. Measured on Misskey 2024.10.1: a request every 0.4 to 0.6 ms, 64 within about 36 ms.
 */
const gapMs = 0.5;
/** An eighth may be lost to a full queue of connections, if it is taken when it comes again: http.server holds five. */
const forgivenShare = 1 / 8;

/** More than the handler can answer within 5 s, if it works on no more at once than it has shown so far. */
function tooMany({ pace, width, accepted }: Baseline): number {
  if (pace === "side by side" && width === mostAtOnce) return atOnce;
  const ms = Math.min(...accepted.answers.map((answer) => answer.ms));
  const workers = pace === "side by side" ? width : 1;
  return Math.floor((senderPatienceMs / ms) * workers * 1.25) + 1;
}

interface Sent {
  readonly request: ProbeRequest;
  readonly answer: Answer;
}

async function sendAtOnce(context: CheckContext, count: number): Promise<Sent[]> {
  const plan = context.plan(context.baseline.base ?? "note");
  const requests = Array.from({ length: count }, () => plan.fresh());
  return Promise.all(
    requests.map(async (request, index) => {
      await context.sleep(index * gapMs);
      return { request, answer: await context.probeOnce(request) };
    }),
  );
}

async function judgeBurst(context: CheckContext, all: readonly Sent[]): Promise<Judgement> {
  const sent = `${all.length} deliveries at once`;
  const isAccepted = (answer: Answer): boolean => kindOf(answer) === "accepted";
  const bad = all.filter(({ answer }) => !isAccepted(answer));
  const [example] = bad;
  if (example === undefined) return passed(all.at(-1)?.answer ?? null, "All accepted.", sent);
  if (bad.length <= all.length * forgivenShare && bad.every(({ answer }) => answer.status === null)) {
    const again: Answer[] = [];
    for (const { request } of bad) again.push(await context.probe(request));
    if (again.every(isAccepted)) return passed(again[0] ?? null, "All accepted, some on the second attempt.", sent);
  }
  const isPutOff = ({ answer }: Sent): boolean =>
    (answer.status === 429 || answer.status === 503) &&
    outcomeOf(context.policy, { status: answer.status }) === "retry";
  const isBusy = bad.every(isPutOff);
  const more = all.length < atOnce ? ` A server sends up to ${atOnce}.` : "";
  return {
    verdict: isBusy ? "warn" : "fail",
    answered: example.answer,
    sent,
    message: `Of ${all.length} deliveries at once it ${whatItDid(example.answer)} to ${bad.length}.${more} ${whatFollows(example.answer, context.policy)}`,
  };
}

/** It met with a rate limit before, and is at it again: more deliveries would show no more. */
function alreadyLimited({ policy }: CheckContext, { after, withinMs }: SeenLimit, answer: Answer): Judgement {
  return {
    verdict: outcomeOf(policy, { status: 429 }) === "retry" ? "warn" : "fail",
    answered: answer,
    sent: "the deliveries of all checks so far",
    message: `After ${after} deliveries in ${durationInWords(withinMs)} it answered 429. A server sends up to ${atOnce} at once. ${whatFollows(answer, policy)}`,
  };
}

/** A slow handler gets few at first: if they are too many, more would only keep it busy for minutes. */
async function burst(context: CheckContext): Promise<Judgement> {
  const limit = context.limit();
  if (limit) {
    const plain = await context.probeOnce(context.plan(context.baseline.base ?? "note").fresh());
    if (plain.status === 429) return alreadyLimited(context, limit, plain);
  }
  const few = tooMany(context.baseline);
  if (few < atOnce) {
    const judgement = await judgeBurst(context, await sendAtOnce(context, few));
    if (judgement.verdict !== "pass") return judgement;
  }
  const judgement = await judgeBurst(context, await sendAtOnce(context, atOnce));
  if (judgement.answered?.silence?.reason !== "timeout") return judgement;
  const plain = await context.probe(context.plan(context.baseline.base ?? "note").fresh(), { answerMs: patientMs });
  if (plain.status !== null) return judgement;
  return { ...judgement, message: `${judgement.message} It has not answered anything since.` };
}

export const burstCheck: Check = delivery(
  "burst",
  {
    title: "many at once",
    sends: "64 deliveries at the same moment, each with its own eventId.",
    expects:
      "A 2xx for each within 5 s. 429 and 503 put them off, which is a warning; to an old server, for which 429 is final, an error.",
    why: "A note that is renoted a lot, or a server that comes back, sends as many: Misskey delivers 64 at once.",
    fix: "Answer first and work afterwards, with a limit on how much work runs at once. Let a rate limit leave room for that: what it refuses comes back after one, three and seven minutes, and then no more.",
  },
  burst,
);
