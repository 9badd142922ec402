// Answers in words, with what a real sender makes of them.
import { type DeliveryPolicy, outcomeOf } from "../../protocol/index.js";
import type { Answer, Silence } from "../probe/answer.js";

const silences: Readonly<Record<Silence["reason"], string>> = {
  timeout: "did not answer within 5 s",
  refused: "no longer listens: its process has ended",
  closed: "closed the connection without an answer",
  broken: "answered something that is not HTTP",
  unreachable: "could not be reached",
  tls: "agreed on no encrypted connection",
  aborted: "was not waited for",
};

/** `answered 500`, `did not answer within 5 s`, … as the rest of a sentence that begins with the handler. */
export function whatItDid(answer: Answer): string {
  if (answer.status !== null) return `answered ${answer.status}`;
  return silences[answer.silence?.reason ?? "closed"];
}

/** What the sender does next, as a sentence. */
export function whatFollows(answer: Answer, policy: DeliveryPolicy): string {
  const outcome = outcomeOf(policy, { status: answer.status });
  if (outcome === "delivered") return "The sender takes it as delivered.";
  if (outcome === "final") return "The sender gives up at once: the event is lost.";
  return `The sender tries again, ${policy.attempts} times in all, and then the event is lost.`;
}
