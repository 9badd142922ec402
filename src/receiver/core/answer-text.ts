// What the sender is told: a short text that gives away nothing about the secret or the set-up.
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
