// One request from its head to its answer: reads the body up to the limit, decides once, answers, tells.
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Arrival, Core } from "../core/core.js";
import type { Decision, Refusal } from "../core/decide.js";
import { answer } from "./answer.js";

/** Ends an exchange that can't be answered any more, because its connection broke; without effect once it is settled. */
export type Abandon = (refusal: Refusal) => void;

const nothing = Buffer.alloc(0);

/** Runs the exchange. What remains of a refused body is read and dropped, so that the sender sees the answer. */
export function startExchange(
  request: IncomingMessage,
  response: ServerResponse,
  { maxBodyBytes, tooLarge }: Core,
  arrival: Arrival,
): Abandon {
  const chunks: Buffer[] = [];
  let bytes = 0;
  let open = true;

  const settle = (decision: Decision, body: Buffer, answered = true): void => {
    if (!open) return;
    open = false;
    arrival.settle(decision, body, bytes, (final) => {
      if (answered) answer(response, final);
    });
  };

  if (arrival.refusal !== undefined) {
    settle(arrival.refusal, nothing);
    return () => {};
  }
  request.on("data", (chunk: Buffer) => {
    if (!open) return;
    bytes += chunk.length;
    if (bytes > maxBodyBytes) {
      chunks.length = 0;
      settle(tooLarge, nothing);
    } else chunks.push(chunk);
  });
  request.on("end", () => {
    const [first = nothing] = chunks;
    const body = chunks.length > 1 ? Buffer.concat(chunks, bytes) : first;
    if (open) settle(arrival.decide(body), body);
  });
  const abandon: Abandon = (lost) => settle(lost, nothing, false);
  request.on("error", () => {
    abandon({ status: 400, reason: `the connection was closed after ${bytes} bytes, before the body was whole` });
  });
  return abandon;
}
