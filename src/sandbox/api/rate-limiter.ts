// Rate limits as servers count them: in a window that slides, refused calls counting too.
import { ApiError, commonErrors } from "./api-error.js";
import type { RateLimit } from "./endpoint.js";

/** Counts calls by key; forgets what the window has left behind. */
export class RateLimiter {
  readonly #calls = new Map<string, number[]>();
  readonly #now: () => number;

  /** @param now milliseconds since the epoch */
  constructor(now: () => number) {
    this.#now = now;
  }

  /**
   * Counts one call.
   * @throws ApiError RATE_LIMIT_EXCEEDED with `info` as Misskey 2026.3.2 gives it: when the next call may come
   */
  count(key: string, limit: RateLimit): void {
    const now = this.#now();
    const recent = (this.#calls.get(key) ?? []).filter((at) => at > now - limit.durationMs);
    const wasFull = recent.length >= limit.max;
    recent.push(now);
    const kept = recent.slice(-limit.max);
    this.#calls.set(key, kept);
    if (!wasFull) return;
    const resetMs = (kept[0] ?? now) + limit.durationMs;
    const info = { remaining: 0, reset: Math.floor(resetMs / 1000), resetMs, total: limit.max };
    throw new ApiError(commonErrors.rateLimitExceeded, info);
  }
}

/** The `retry-after` of a refused call, in whole seconds; undefined for other errors. */
export function retryAfterOf(error: ApiError, now: number): number | undefined {
  const info = error.info as { readonly resetMs?: number } | undefined;
  if (error.spec.code !== "RATE_LIMIT_EXCEEDED" || info?.resetMs === undefined) return undefined;
  return Math.max(1, Math.ceil((info.resetMs - now) / 1000));
}
