// A decision as the answer of Node's own server.
import type { ServerResponse } from "node:http";
import { answerText } from "../core/answer-text.js";
import type { Decision } from "../core/decide.js";

/** Answers the request. */
export function answer(response: ServerResponse, decision: Decision): void {
  response.statusCode = decision.status;
  if (decision.status === 204) {
    response.end();
    return;
  }
  const text = Buffer.from(answerText(decision));
  response.setHeader("content-type", "text/plain; charset=utf-8");
  response.setHeader("content-length", text.length);
  if (decision.status === 405) response.setHeader("allow", "POST");
  response.end(text);
}
