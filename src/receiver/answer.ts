// What the sender is told: a status, and a short text that gives away nothing about the secret or the set-up.
import type { ServerResponse } from "node:http";
import type { Decision } from "./decide.js";

const texts: Readonly<Record<number, string>> = {
  401: "The hook secret is missing or wrong.",
  404: "There is no receiver at this path.",
  405: "Deliveries are POST requests.",
  408: "The request took too long.",
  413: "The body is too large.",
  415: "The body has to be JSON.",
  431: "The headers are too large.",
  500: "The receiver failed.",
};

/** The text that goes with a rejection. A 400 says what is wrong with the bytes, a 422 names codes and paths. */
export function answerText({ status, reason, verdict }: Decision): string {
  if (verdict !== undefined) {
    const errors = verdict.findings.filter(({ severity }) => severity === "error");
    return `The payload has findings.\n${errors.map(({ code, path }) => `${code} ${path}`).join("\n")}\n`;
  }
  return `${texts[status] ?? reason ?? ""}\n`;
}

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
