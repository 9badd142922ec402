// A decision as the answer of Node's own server.
import type { ServerResponse } from "node:http";
import { answerText, hasNoBody } from "../core/answer-text.js";
import type { Answered } from "../core/delivery-event.js";

/** Answers the request, or does what is simulated instead. */
export function answer(response: ServerResponse, decision: Answered): void {
  if (decision.connection === "reset") response.socket?.resetAndDestroy();
  if (decision.connection !== undefined) return;
  response.statusCode = decision.status;
  if (hasNoBody(decision.status)) {
    response.end();
    return;
  }
  const text = Buffer.from(answerText(decision));
  response.setHeader("content-type", "text/plain; charset=utf-8");
  response.setHeader("content-length", text.length);
  if (decision.status === 405) response.setHeader("allow", "POST");
  response.end(text);
}
