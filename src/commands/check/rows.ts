// From the outcomes of checks to the rows that every reporter shows: safe to publish, and weighed by level and baseline.
import type { CheckResult, Level } from "../../conformance/index.js";
import { maskSecrets } from "../../mask.js";
import { inline } from "../../printable.js";
import type { CheckRow } from "../../reporters/index.js";

/** What weighs an outcome. */
export interface Weighing {
  readonly level: Level;
  readonly secret: string;
  /** Verdicts that were accepted before, by check id. */
  readonly baseline: Readonly<Record<string, string>>;
}

/** The text with every occurrence of the secret replaced: a redirect or an error may quote it. */
export function withoutSecret(text: string, secret: string): string {
  return maskSecrets(text, [secret]);
}

const severities: readonly string[] = ["unproved", "warn", "fail"];

/** Whether the baseline has this outcome, or a worse one. */
function isAccepted(verdict: CheckRow["verdict"], known: string | undefined): boolean {
  const rank = (name: string): number => severities.indexOf(name);
  return rank(verdict) >= 0 && known !== undefined && rank(known) >= rank(verdict);
}

/** What an answer that isn't a 2xx says, in short. */
function saidBy({ status, body }: NonNullable<CheckResult["answered"]>, secret: string): { readonly body?: string } {
  if (status === null || (status >= 200 && status < 300)) return {};
  const said = inline(maskSecrets(body, [secret]).trim().replace(/\s+/g, " "), 200);
  return said === "" ? {} : { body: said };
}

/** One row. At level `strict` a warning is a failure. */
export function checkRow(result: CheckResult, { level, secret, baseline }: Weighing): CheckRow {
  const { check, answered, message } = result;
  const verdict = result.verdict === "warn" && level === "strict" ? "fail" : result.verdict;
  const isWanting = verdict === "fail" || verdict === "warn" || verdict === "unproved";
  return {
    id: check.id,
    verdict,
    severity: check.severity,
    title: check.title,
    sent: result.verdict === "skip" ? "" : (result.sent ?? check.sends),
    expected: check.expects,
    answered: answered && { status: answered.status, ms: answered.ms, ...(isWanting ? saidBy(answered, secret) : {}) },
    message: secretFree(message, check.id, secret),
    hint: isWanting ? secretFree(result.hint ?? check.fix, check.id, secret) : (result.hint ?? null),
    accepted: isAccepted(verdict, baseline[check.id]),
  };
}

/** Only what may quote the handler is searched: our own words may well contain a short secret. */
function secretFree(text: string, id: string, secret: string): string {
  return id === "delivery.no-redirect" ? withoutSecret(text, secret) : text;
}
