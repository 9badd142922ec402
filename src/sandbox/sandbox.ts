// An instance in a box: puts world, API, queue and server together.
import { EventEmitter } from "node:events";
import { createSender } from "../delivery/index.js";
import { type Dialect, latestStatusOf, resolveDialect } from "../protocol/index.js";
import type { Surroundings } from "./api/call-endpoint.js";
import { endpointsOf } from "./api/endpoints/index.js";
import { RateLimiter } from "./api/rate-limiter.js";
import { seededRandom } from "./chance.js";
import { type AttemptReport, DeliveryQueue } from "./queue/delivery-queue.js";
import { jobsFor, testJob } from "./queue/dispatch.js";
import { createServer, listen, type RequestEvent } from "./server.js";
import type { Occurrence } from "./world/occurrence.js";
import { seedUsers } from "./world/users.js";
import { createWorld, emptyRecords } from "./world/world.js";

/** How a sandbox is made. Everything has a default. */
export interface SandboxOptions {
  /** Default 0: any that is free. */
  readonly port?: number | undefined;
  /** Default `127.0.0.1`. */
  readonly host?: string | undefined;
  /** What it behaves as: a dialect, or what `--as` takes (`misskey@12.119`). Default: the present Misskey. */
  readonly dialect?: Dialect | string | undefined;
  /** How many accounts, at least the 3 that are always there: admin, alice, bob. Default 3. */
  readonly users?: number | undefined;
  /** Divides the waits between attempts of a delivery: with 1000, a minute takes 60 ms. Default 1. */
  readonly timeScale?: number | undefined;
  /** Fixes the jitter of those waits, 0 for none to 1 for all of it. Default: random. */
  readonly jitter?: number | undefined;
  /** Makes tokens, event ids and jitter the same on every run. Default: random. */
  readonly seed?: number | undefined;
  /** Refuse to deliver to private and loopback addresses, as servers in production do. Default false. */
  readonly blockPrivate?: boolean | undefined;
}

/** An account of the sandbox, with the token that a test needs. */
export interface SandboxUser {
  readonly username: string;
  readonly id: string;
  /** Native: it may do everything that the user may. */
  readonly token: string;
  readonly admin: boolean;
}

/** Something happened that hooks can hear of. */
export interface SandboxEvent {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly type: string;
  /** Whose event it is; undefined for the administrators'. */
  readonly username: string | undefined;
  /** How many hooks it goes to. */
  readonly hooks: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** One attempt of a delivery was made. */
export interface SandboxDelivery {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly type: string;
  readonly eventId: string;
  readonly hookId: string;
  readonly url: string;
  /** 1 is the first. */
  readonly attempt: number;
  /** null when there was no response; `error` then says why. */
  readonly status: number | null;
  readonly error: string | undefined;
  readonly ms: number;
  readonly outcome: AttemptReport["outcome"];
  /** Where redirects led to, with the secret. */
  readonly redirectedTo: string | undefined;
  /** What a real server waits until the next attempt, in milliseconds; undefined when there is none. */
  readonly nextInMs: number | undefined;
}

interface SandboxEvents {
  request: [RequestEvent];
  event: [SandboxEvent];
  delivery: [SandboxDelivery];
}

/** A running sandbox. */
export interface Sandbox {
  /** Its origin, without a slash at the end. */
  readonly url: string;
  readonly users: readonly SandboxUser[];
  /** Resolves once no delivery is under way or waiting for its next attempt. */
  settled(): Promise<void>;
  /** Stops everything; deliveries that are still waiting are forgotten. */
  close(): Promise<void>;
  /** Listens; the answer stops listening. */
  on<Name extends keyof SandboxEvents>(name: Name, listener: (...args: SandboxEvents[Name]) => void): () => void;
}

function reportOf({ job, attempt, outcome, delayMs }: AttemptReport, at: number): SandboxDelivery {
  return {
    at,
    type: job.type,
    eventId: job.eventId,
    hookId: job.hookId,
    url: job.url,
    attempt: job.attempts,
    status: attempt.status,
    error: attempt.error?.message,
    ms: attempt.ms,
    outcome,
    redirectedTo: attempt.redirects.at(-1)?.to,
    nextInMs: delayMs,
  };
}

/**
 * Starts an instance in a box.
 * @throws LocalError `port-in-use` and the like
 * @throws UsageError `unknown-dialect`
 */
export async function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { port = 0, host = "127.0.0.1", timeScale = 1, blockPrivate = false, users = 3 } = options;
  const wanted = options.dialect ?? "misskey";
  const dialect = typeof wanted === "string" ? resolveDialect(wanted) : wanted;
  const now = Date.now;
  const random = options.seed === undefined ? Math.random : seededRandom(options.seed);
  const emitter = new EventEmitter<SandboxEvents>();

  function publish(occurrence: Occurrence): void {
    if (occurrence.kind !== "user-event" && occurrence.kind !== "system-event") return;
    const jobs = jobsFor(world, occurrence);
    const owner = occurrence.kind === "user-event" ? world.users.get(occurrence.userId) : undefined;
    const { type, body } = occurrence;
    emitter.emit("event", { at: now(), type, username: owner?.username, hooks: jobs.length, body });
    for (const job of jobs) queue.add(job);
  }

  function onAttempt(report: AttemptReport): void {
    const { job, attempt } = report;
    const hook = job.scope === "user" ? world.hooks.get(job.hookId) : world.systemHooks.get(job.hookId);
    if (hook) {
      hook.latestSentAt = now();
      hook.latestStatus = latestStatusOf(attempt);
    }
    emitter.emit("delivery", reportOf(report, now()));
  }

  const world = createWorld({ dialect, now, random, publish }, emptyRecords());
  seedUsers(world, users);
  const sender = createSender({ concurrency: 80 });
  const queue = new DeliveryQueue({
    dialect,
    sender,
    timeScale,
    blockPrivate,
    host: () => new URL(world.origin).host,
    now,
    jitter: () => options.jitter ?? random(),
    onAttempt,
  });
  const version = "2026.3.2";
  const surroundings: Surroundings = {
    world,
    limiter: new RateLimiter(now),
    testHook: (target, type, body) => queue.add(testJob(world, target, type, body)),
  };
  const app = createServer({
    endpoints: endpointsOf(dialect, version),
    surroundings,
    queue,
    version,
    beforeAnswer: () => Promise.resolve(),
    onRequest: (request) => emitter.emit("request", request),
  });
  world.origin = await listen(app, host, port);

  return {
    url: world.origin,
    users: [...world.users.values()].map(({ username, id, token, isAdmin }) => ({
      username,
      id,
      token,
      admin: isAdmin,
    })),
    settled: () => queue.settled(),
    async close() {
      queue.close();
      await app.close();
      await sender.close();
    },
    on(name, listener) {
      emitter.on(name, listener as never);
      return () => void emitter.off(name, listener as never);
    },
  };
}
