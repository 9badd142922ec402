// What the sender is told: a short text that gives away nothing about the secret or the set-up.
import type { Answered } from "./delivery-event.js";

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

/** Statuses whose answers have no body. RFC 9110, 15.3.5, 15.3.6, 15.4.5. */
export function hasNoBody(status: number): boolean {
  return status === 204 || status === 205 || status === 304;
}

/** The text that goes with a rejection. A 400 says what is wrong with the bytes, a 422 names codes and paths. */
export function answerText({ status, reason, verdict, passedOn, simulated }: Answered): string {
  if (simulated !== undefined) return "This answer is simulated.\n";
  if (passedOn === true) return status === 502 || status === 504 ? "There is no answer from behind.\n" : "";
  if (verdict !== undefined) {
    const errors = verdict.findings.filter(({ severity }) => severity === "error");
    return `The payload has findings.\n${errors.map(({ code, path }) => `${code} ${path}`).join("\n")}\n`;
  }
  return `${texts[status] ?? reason ?? ""}\n`;
}
