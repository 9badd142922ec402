// The queue of deliveries: attempts by the dialect's policy, so many at once, and a view on what is pending.
import type { Attempt, Sender } from "../../delivery/index.js";
import {
  type AttemptOutcome,
  delayBeforeAttempt,
  deliveryTo,
  type Dialect,
  outcomeOf,
  requestHeaders,
} from "../../protocol/index.js";
import type { Job } from "./job.js";
import { refusalOf } from "./unreachable-target.js";

/** What became of one attempt. */
export interface QueuedAttempt {
  readonly job: Job;
  readonly attempt: Omit<Attempt, "n">;
  readonly outcome: AttemptOutcome | "given-up";
  /** How long until the next one on a real server, in milliseconds; undefined when there is none. */
  readonly delayMs: number | undefined;
}

/** How the queue works. */
export interface QueueSettings {
  readonly dialect: Dialect;
  readonly sender: Sender;
  /** Divides every wait between attempts. */
  readonly timeScale: number;
  /** Refuse private and loopback addresses, as a server in production does. */
  readonly blockPrivate: boolean;
  /** As in the host header: `127.0.0.1:3939`. */
  readonly host: () => string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** A number in [0, 1): where a wait lies between none and all of the policy's jitter. */
  readonly jitter: () => number;
  readonly onAttempt: (report: QueuedAttempt) => void;
}

/** At once, as read in Misskey 2026.3.2's source. */
const concurrency = { user: 64, system: 16 } as const;

/**
 * Between two deliveries to one hook, in milliseconds: enough for them to arrive in the order of their events, as they do
 * from a real server, which starts 64 a second.
 */
const spacingMs = 2;

/** Longest wait that a timer can take. */
const maxTimerMs = 2 ** 31 - 1;

export class DeliveryQueue {
  readonly #settings: QueueSettings;
  readonly #jobs = new Map<string, Job>();
  readonly #ready: Record<Job["scope"], Job[]> = { user: [], system: [] };
  readonly #running: Record<Job["scope"], number> = { user: 0, system: 0 };
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #ending = new AbortController();
  #whenSettled: (() => void)[] = [];
  #startScheduled = false;

  constructor(settings: QueueSettings) {
    this.#settings = settings;
  }

  /** Deliveries that aren't finished, the oldest first. */
  get jobs(): readonly Job[] {
    return [...this.#jobs.values()];
  }

  /** How many deliveries aren't finished. */
  get size(): number {
    return this.#jobs.size;
  }

  /** Queues a delivery; its first attempt starts once what is being done now is done. */
  add(job: Job): void {
    this.#jobs.set(job.id, job);
    this.#schedule(job);
  }

  /** Takes deliveries of before over: they are in `jobs` at once, and wait for `start`. */
  restore(jobs: readonly Job[]): void {
    for (const job of jobs) this.#jobs.set(job.id, job);
  }

  /** Begins with the deliveries that were taken over. */
  start(): void {
    for (const job of this.jobs) this.#schedule(job);
  }

  /** Makes a waiting delivery due now. False when there is none of that id. */
  retry(id: string): boolean {
    const job = this.#jobs.get(id);
    const timer = this.#timers.get(id);
    if (job === undefined || timer === undefined) return false;
    clearTimeout(timer);
    this.#timers.delete(id);
    job.dueAt = this.#settings.now();
    this.#makeReady(job);
    return true;
  }

  /** Forgets a waiting delivery. False when there is none of that id, or its attempt is under way. */
  drop(id: string): boolean {
    const timer = this.#timers.get(id);
    if (timer === undefined) return false;
    clearTimeout(timer);
    this.#timers.delete(id);
    this.#finish(id);
    return true;
  }

  /** Resolves when no delivery is under way or waiting; at once when that is so already. */
  settled(): Promise<void> {
    if (this.#jobs.size === 0) return Promise.resolve();
    return new Promise((resolve) => void this.#whenSettled.push(resolve));
  }

  /** Stops: attempts under way are aborted, waiting ones stay in `jobs` for whoever keeps them. */
  close(): void {
    this.#ending.abort();
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    this.#release();
  }

  #schedule(job: Job): void {
    const waitMs = Math.min(job.dueAt - this.#settings.now(), this.#longestWaitMs(job));
    if (waitMs > 0) this.#wait(job, waitMs);
    else this.#makeReady(job);
  }

  /** Whatever the clock says (it may have been set back since): no server waits longer. */
  #longestWaitMs({ attempts }: Job): number {
    const { dialect, timeScale } = this.#settings;
    const n = Math.min(attempts + 1, dialect.policy.attempts);
    return n < 2 ? 0 : delayBeforeAttempt(dialect.policy, n, 1) / timeScale;
  }

  /** By timers alone, so that a clock that is set anew changes nothing. */
  #wait(job: Job, waitMs: number): void {
    const stepMs = Math.min(waitMs, maxTimerMs);
    const timer = setTimeout(() => {
      this.#timers.delete(job.id);
      if (waitMs > stepMs) this.#wait(job, waitMs - stepMs);
      else this.#makeReady(job);
    }, stepMs);
    this.#timers.set(job.id, timer);
  }

  #makeReady(job: Job): void {
    this.#ready[job.scope].push(job);
    this.#startSoon();
  }

  #startSoon(): void {
    if (this.#startScheduled) return;
    this.#startScheduled = true;
    setImmediate(() => {
      this.#startScheduled = false;
      this.#start("user");
      this.#start("system");
    });
  }

  /** Starts what may be started, in order and one for each hook at a time; the rest follows a moment later. */
  #start(scope: Job["scope"]): void {
    const ready = this.#ready[scope];
    const started = new Set<string>();
    while (!this.#ending.signal.aborted && this.#running[scope] < concurrency[scope]) {
      const [job] = ready;
      if (job === undefined) return;
      if (started.has(job.hookId)) {
        setTimeout(() => this.#startSoon(), spacingMs);
        return;
      }
      ready.shift();
      started.add(job.hookId);
      this.#running[scope]++;
      void this.#attempt(job).finally(() => {
        this.#running[scope]--;
        this.#startSoon();
      });
    }
  }

  async #attempt(job: Job): Promise<void> {
    const { dialect, jitter, timeScale, now, onAttempt } = this.#settings;
    const attempt = await this.#send(job);
    if (this.#ending.signal.aborted) return;
    job.attempts++;
    job.lastStatus = attempt.status;
    const outcome = outcomeOf(dialect.policy, attempt);
    const again = outcome === "retry" && !job.once && job.attempts < dialect.policy.attempts;
    const delayMs = again ? delayBeforeAttempt(dialect.policy, job.attempts + 1, jitter()) : undefined;
    if (delayMs !== undefined) job.dueAt = now() + delayMs / timeScale;
    onAttempt({ job, attempt, outcome: outcome === "retry" && !again ? "given-up" : outcome, delayMs });
    if (delayMs === undefined) this.#finish(job.id);
    else this.#schedule(job);
  }

  async #send(job: Job): Promise<Attempt> {
    const { dialect, sender, host, blockPrivate } = this.#settings;
    const refusal = await refusalOf(job.url, blockPrivate);
    if (refusal !== undefined) return { n: 1, status: null, ms: 0, redirects: [], error: refusal };
    const headers = requestHeaders(dialect, { host: host(), hookId: job.hookId, secret: job.secret });
    const delivery = deliveryTo(new URL(job.url), { headers, body: Buffer.from(job.body) });
    const options = { policy: dialect.policy, retry: false, signal: this.#ending.signal };
    const { attempts } = await sender.deliver(delivery, job.url, options);
    return attempts[0];
  }

  #finish(id: string): void {
    this.#jobs.delete(id);
    if (this.#jobs.size === 0) this.#release();
  }

  #release(): void {
    const waiting = this.#whenSettled;
    this.#whenSettled = [];
    for (const resolve of waiting) resolve();
  }
}
