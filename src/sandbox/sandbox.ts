// An instance in a box: puts world, API, queue and server together.
import { EventEmitter } from "node:events";
import { createSender } from "../delivery/index.js";
import { UsageError } from "../errors.js";
import { dialectName, latestStatusOf, resolveDialect } from "../protocol/index.js";
import { dialectWriter } from "../samples/index.js";
import { createActor } from "./actor.js";
import { callEndpoint, type Surroundings } from "./api/call-endpoint.js";
import { endpointsOf } from "./api/endpoints/index.js";
import { RateLimiter } from "./api/rate-limiter.js";
import { seededRandom } from "./chance.js";
import { mannersOf } from "./manners/manners.js";
import { loadTemplates } from "./manners/templates.js";
import { type AttemptReport, DeliveryQueue } from "./queue/delivery-queue.js";
import type { Job } from "./queue/job.js";
import { jobsFor, testJob } from "./queue/dispatch.js";
import type { PendingDelivery, Sandbox, SandboxDelivery, SandboxEvents, SandboxOptions } from "./contract.js";
import { createServer, listen } from "./server.js";
import { createKeeper } from "./state/keeper.js";
import { readState, writeState } from "./state/state-file.js";
import { StreamHub } from "./stream/hub.js";
import type { Occurrence } from "./world/occurrence.js";
import { seedUsers } from "./world/users.js";
import { createWorld } from "./world/world.js";

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

function pendingOf({ id, type, url, attempts, dueAt, lastStatus }: Job): PendingDelivery {
  return { id, type, url, attempts, dueAt, lastStatus };
}

/**
 * Starts an instance in a box.
 * @throws LocalError `port-in-use` and the like
 * @throws LocalError `corrupt-state`, `unreadable-state`, `state-not-writable`
 * @throws UsageError `unknown-dialect`, `state-of-another-dialect`
 */
export async function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { port = 0, host = "127.0.0.1", timeScale = 1, blockPrivate = false, users = 3 } = options;
  const wanted = options.dialect ?? "misskey";
  const dialect = typeof wanted === "string" ? resolveDialect(wanted) : wanted;
  const manners = mannersOf(dialect);
  const now = Date.now;
  const random = options.seed === undefined ? Math.random : seededRandom(options.seed);
  const emitter = new EventEmitter<SandboxEvents>();

  function publish(occurrence: Occurrence): void {
    hub.publish(occurrence);
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
    // Nobody waits for this one: a failure shows at the next call, and the job would merely be made again.
    setImmediate(() => void keep().catch(() => {}));
  }

  const stored = options.state === undefined ? undefined : await readState(options.state, dialectName(dialect), now());
  const world = createWorld(
    {
      dialect,
      manners,
      templates: await loadTemplates(manners),
      writer: dialectWriter(dialect),
      now,
      random,
      publish,
    },
    stored?.records,
  );
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
  const { state } = options;
  const keep = createKeeper(async () => {
    if (state !== undefined)
      await writeState(state, { dialect: dialectName(dialect), records: world, jobs: queue.jobs });
  });
  const surroundings: Surroundings = {
    world,
    limiter: new RateLimiter(now),
    testHook: (target, type) => {
      const job = testJob(world, target, type);
      if (job) queue.add(job);
    },
  };
  const endpoints = endpointsOf(dialect);
  const app = createServer({
    endpoints,
    surroundings,
    queue,
    beforeAnswer: keep,
    onRequest: (request) => emitter.emit("request", request),
  });
  await keep();
  const hub = new StreamHub(world);
  hub.attach(app.server);
  world.origin = await listen(app, host, port);
  for (const job of stored?.jobs ?? []) queue.add(job);

  const userList = [...world.users.values()].map(({ username, id, token, isAdmin }) => ({
    username,
    id,
    token,
    admin: isAdmin,
  }));
  async function callWithToken(name: string, token: string, params: object): Promise<unknown> {
    const endpoint = endpoints.find((candidate) => candidate.name === name);
    if (endpoint === undefined) throw new UsageError("no-such-endpoint", `The sandbox has no endpoint ${name}.`);
    // A copy, because the check fills in defaults.
    const incoming = { token, params: structuredClone(params), file: null, address: "in-process" };
    const answer = await callEndpoint(endpoint, incoming, surroundings);
    if (!endpoint.readOnly) await keep();
    return answer;
  }

  return {
    url: world.origin,
    users: userList,
    as: (username) => createActor(userList, username, callWithToken),
    settled: () => queue.settled(),
    queue: {
      pending: () => queue.jobs.map(pendingOf),
      retry: (id) => queue.retry(id),
      drop: (id) => queue.drop(id),
    },
    async close() {
      queue.close();
      await keep();
      hub.close();
      await app.close();
      await sender.close();
    },
    on(name, listener) {
      emitter.on(name, listener as never);
      return () => void emitter.off(name, listener as never);
    },
  };
}
