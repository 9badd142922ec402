// One request from its head to its answer: reads the body up to the limit, decides once, answers, tells.
import type { IncomingMessage, ServerResponse } from "node:http";
import { answer } from "./answer.js";
import {
  type Decision,
  decide,
  decideByHead,
  type Policy,
  type Refusal,
  type RequestHead,
  tooLarge,
} from "./decide.js";

/** Told once per request. `respond` sends an answer; without effect where the connection broke before. */
export type Settled = (decision: Decision, body: Buffer, bytes: number, respond: (answered: Decision) => void) => void;

/** Ends an exchange that can't be answered any more, because its connection broke; without effect once it is settled. */
export type Abandon = (refusal: Refusal) => void;

const nothing = Buffer.alloc(0);

/** Runs the exchange. What remains of a refused body is read and dropped, so that the sender sees the answer. */
export function startExchange(
  request: IncomingMessage,
  head: RequestHead,
  response: ServerResponse,
  policy: Policy,
  settled: Settled,
): Abandon {
  const chunks: Buffer[] = [];
  let bytes = 0;
  let open = true;

  const settle = (decision: Decision, body: Buffer, answered = true): void => {
    if (!open) return;
    open = false;
    settled(decision, body, bytes, (final) => {
      if (answered) answer(response, final);
    });
  };

  const refusal = decideByHead(head, policy);
  if (refusal !== undefined) {
    settle(refusal, nothing);
    return () => {};
  }
  request.on("data", (chunk: Buffer) => {
    if (!open) return;
    bytes += chunk.length;
    if (bytes > policy.maxBodyBytes) {
      chunks.length = 0;
      settle(tooLarge(policy), nothing);
    } else chunks.push(chunk);
  });
  request.on("end", () => {
    const [first = nothing] = chunks;
    const body = chunks.length > 1 ? Buffer.concat(chunks, bytes) : first;
    if (open) settle(decideOrOwnUp(head, body, policy), body);
  });
  const abandon: Abandon = (lost) => settle(lost, nothing, false);
  request.on("error", () => {
    abandon({ status: 400, reason: `the connection was closed after ${bytes} bytes, before the body was whole` });
  });
  return abandon;
}

/** A fault of ours must not take the receiver down with it: it is answered 500 and named. */
function decideOrOwnUp(head: RequestHead, body: Buffer, policy: Policy): Decision {
  try {
    return decide(head, body, policy);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { status: 500, reason: `this is a bug in misskey-hooks: ${message}` };
  }
}
