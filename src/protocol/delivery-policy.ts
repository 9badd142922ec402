// The sender's rules as pure functions: what an answer means, and when the next attempt comes.
import type { DeliveryPolicy } from "./dialect.js";

/** What one attempt came to: an HTTP status after redirects, or no response at all. */
export type AttemptResult = { readonly status: number } | { readonly status: null };

/** What the sender makes of it. */
export type AttemptOutcome = "delivered" | "retry" | "final";

/** What an answer means to a sender with this policy, as long as it has attempts left. */
export function outcomeOf(policy: DeliveryPolicy, result: AttemptResult): AttemptOutcome {
  const { status } = result;
  const { retried } = policy;
  if (status === null) return retried.noResponse ? "retry" : "final";
  if (status >= 200 && status < 300) return "delivered";
  if (status === 429) return retried.tooManyRequests ? "retry" : "final";
  if (status >= 400 && status < 500) return retried.clientError ? "retry" : "final";
  if (status >= 500) return retried.serverError ? "retry" : "final";
  return retried.other ? "retry" : "final";
}

/**
 * How long the sender waits before attempt `n` (2 is the first repetition), in milliseconds.
 * Misskey 2026.3.2 was measured at 60.8–71.9 s, 184.8–218.1 s and 431–506 s before attempts 2, 3 and 4.
 * @param jitter a number in [0, 1) that places the delay between none and all of the policy's jitter
 * @throws RangeError when the policy has no attempt `n`
 */
export function delayBeforeAttempt(policy: DeliveryPolicy, n: number, jitter: number): number {
  if (!Number.isInteger(n) || n < 2 || n > policy.attempts)
    throw new RangeError(`no delay before attempt ${n} of ${policy.attempts}`);
  const delay = policy.baseDelayMs * (2 ** (n - 1) - 1);
  return delay * (1 + policy.jitterRatio * jitter);
}

/** What the server stores as a hook's `latestStatus`: the HTTP status, or 1 when there was no response. */
export function latestStatusOf(result: AttemptResult): number {
  return result.status ?? 1;
}
