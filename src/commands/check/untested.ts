// A run that tested nothing, or not what matters most for want of a secret, is no success.
import { UnreachableError, UsageError } from "../../errors.js";
import { type CheckReport, whyUntested } from "../../reporters/index.js";
import type { CheckRequest } from "./request.js";

/**
 * Ends the run with the reason where nothing was tested, or where all is well but for the secret, of which nothing was
 * said.
 * @throws UsageError `nothing-tested`, `no-secret`
 * @throws UnreachableError `nothing-tested` when the run ended too early
 */
export function refuseUntested(report: CheckReport, { secretIsGiven, checks }: CheckRequest): void {
  const why = whyUntested(report);
  if (why !== undefined) {
    const Kind = report.stoppedEarly ? UnreachableError : UsageError;
    throw new Kind("nothing-tested", { why });
  }
  const isAboutSecret = checks.some(({ id }) => id.startsWith("secret."));
  if (report.ok && isAboutSecret && !secretIsGiven) {
    throw new UsageError("no-secret", { by: "check" });
  }
}
