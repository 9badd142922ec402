// A handler that answers 429 is asked again when it wants to be, so that its limit isn't taken for a fault of what was
// just sent.
import type { Answer } from "../probe/answer.js";

/** What was seen of a handler's limit. */
export interface SeenLimit {
  /** How many deliveries it had answered before its first 429, and within what time. */
  readonly after: number;
  readonly withinMs: number;
  /** What it asked for last; undefined when it didn't say. */
  readonly retryAfterMs: number | undefined;
  /** It lets so few through that none should be spent on what the others show as well. */
  readonly isScarce: boolean;
}

export interface RateLimit {
  /** The first answer of `attempt` that isn't 429; or a 429, when it goes on or takes longer than is left. */
  readonly waitOut: (attempt: () => Promise<Answer>) => Promise<Answer>;
  /** undefined as long as no 429 came, or none that was meant for all deliveries. */
  readonly seen: () => SeenLimit | undefined;
}

export interface RateLimitOptions {
  /** Milliseconds that only go forward. */
  readonly clock: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  /** How long may be waited from now on, in milliseconds. */
  readonly leftMs: () => number;
}

/** What wants a longer rest than this counts deliveries by the minute or the hour. */
const shortRestMs = 5000;

/** The waits for a handler that doesn't say how long it wants. Longer limits than these a run can't wait for anyway. */
const waitsMs = [500, 1000, 2000, 4000] as const;
const shortestMs = 100;

/** The time that `Retry-After` names, in milliseconds from now on; undefined without one that can be read. */
export function retryAfterMs({ headers }: Answer, nowMs: number = Date.now()): number | undefined {
  const text = headers["retry-after"]?.trim() ?? "";
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, at - nowMs);
}

export function createRateLimit({ clock, sleep, leftMs }: RateLimitOptions): RateLimit {
  const startedAt = clock();
  let answered = 0;
  let seen: SeenLimit | undefined;
  let closedUntil = 0;
  /** It went on answering 429 until we gave up: there is no use in waiting again before it answers anything else. */
  let isLasting = false;

  function onAnswer(): void {
    answered++;
    isLasting = false;
    // What it lets in before the time is no limit on deliveries, but on those that it turned away, as wrong secrets.
    if (clock() < closedUntil) seen = undefined;
    closedUntil = 0;
  }

  /** How long to wait after the nth 429 in a row; undefined when there is no use in it. */
  function onLimit(answer: Answer, n: number): number | undefined {
    const asked = retryAfterMs(answer);
    const waitMs = Math.max(shortestMs, asked ?? waitsMs[n] ?? 0);
    const hasWaited = n >= waitsMs.length;
    isLasting ||= hasWaited || waitMs > leftMs();
    seen = {
      after: seen?.after ?? answered,
      withinMs: seen?.withinMs ?? clock() - startedAt,
      retryAfterMs: asked,
      isScarce: seen?.isScarce === true || waitMs > shortRestMs || hasWaited,
    };
    closedUntil = clock() + waitMs;
    return isLasting ? undefined : waitMs;
  }

  async function waitOut(attempt: () => Promise<Answer>): Promise<Answer> {
    for (let n = 0; ; n++) {
      const answer = await attempt();
      if (answer.status !== 429) {
        onAnswer();
        return answer;
      }
      const waitMs = onLimit(answer, n);
      if (waitMs === undefined) return answer;
      await sleep(waitMs);
    }
  }

  return { waitOut, seen: () => seen };
}
