// An instance in a box: puts world, API, queue, stream and server together.
import { EventEmitter } from "node:events";
import { createSender } from "../delivery/index.js";
import { UsageError } from "../errors.js";
import { type Dialect, dialectName, resolveDialect } from "../protocol/index.js";
import { dialectWriter, seededSource } from "../samples/index.js";
import { createActor } from "./actor.js";
import { callEndpoint, type Surroundings } from "./api/call-endpoint.js";
import type { Endpoint } from "./api/endpoint.js";
import { endpointsOf } from "./api/endpoints/index.js";
import { RateLimiter } from "./api/rate-limiter.js";
import type { Sandbox, SandboxEvents, SandboxOptions } from "./contract.js";
import { loadTemplates } from "./world/load-templates.js";
import { type QueuedAttempt, DeliveryQueue } from "./queue/delivery-queue.js";
import { testJob } from "./queue/dispatch.js";
import { queueDeliveries, describeAttempt, describePending, noteAttempt } from "./queue/outlet.js";
import { createServer, listen } from "./server.js";
import { createKeeper, type Keep } from "./state/keeper.js";
import type { State } from "./state/state-file.js";
import { openStore, type StateStore } from "./state/state-store.js";
import { StreamHub } from "./stream/hub.js";
import type { Occurrence } from "./world/occurrence.js";
import { seedUsers } from "./world/users.js";
import { createWorld, type World } from "./world/world.js";

function dialectOf({ dialect = "misskey" }: SandboxOptions): Dialect {
  return typeof dialect === "string" ? resolveDialect(dialect) : dialect;
}

function openWorld(
  options: SandboxOptions,
  stored: State | undefined,
  publish: (occurrence: Occurrence) => void,
): World {
  const dialect = dialectOf(options);
  const behaviour = dialect.behaviour;
  const random = options.seed === undefined ? Math.random : seededSource(String(options.seed)).random;
  const templates = loadTemplates(behaviour);
  const writer = dialectWriter(dialect, (userId) => {
    const user = world.users.get(userId);
    return user && `@${user.username}`;
  });
  const world: World = createWorld(
    { dialect, behaviour, templates, writer, now: Date.now, random, publish },
    stored?.records,
  );
  seedUsers(world, options.users ?? 3);
  return world;
}

/** Calls endpoints in this process, with the same checks as over HTTP. */
function callerOf(endpoints: readonly Endpoint[], surroundings: Surroundings, keep: Keep) {
  return async (name: string, token: string, params: object): Promise<unknown> => {
    const endpoint = endpoints.find((candidate) => candidate.name === name);
    if (endpoint === undefined) throw new UsageError("no-such-endpoint", { name });
    // A copy, because the check fills in defaults.
    const incoming = { token, params: structuredClone(params), file: null, address: "in-process" };
    const answer = await callEndpoint(endpoint, incoming, surroundings);
    if (!endpoint.readOnly) await keep();
    return answer;
  };
}

/**
 * Starts an instance in a box.
 * @throws LocalError `port-in-use` and the like, `corrupt-state`, `unreadable-state`, `state-in-use`,
 *   `state-not-writable`
 * @throws UsageError `unknown-dialect`, `state-of-another-dialect`
 */
export async function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const store = await openStore(options.state, dialectName(dialectOf(options)), Date.now());
  try {
    return await startSandbox(options, store);
  } catch (error) {
    await store.release();
    throw error;
  }
}

async function startSandbox(options: SandboxOptions, store: StateStore): Promise<Sandbox> {
  const { port = 0, host = "127.0.0.1", timeScale = 1, blockPrivate = false, allowedHosts = [] } = options;
  const dialect = dialectOf(options);
  const emitter = new EventEmitter<SandboxEvents>();

  const world = openWorld(options, store.stored, (occurrence) => {
    hub.publish(occurrence);
    const event = queueDeliveries(world, queue, occurrence);
    if (event) emitter.emit("event", event);
  });
  const hub = new StreamHub(world);
  const sender = createSender({ concurrency: 80 });
  const queue = new DeliveryQueue({
    dialect,
    sender,
    timeScale,
    blockPrivate,
    host: () => new URL(world.origin).host,
    now: world.now,
    jitter: () => options.jitter ?? world.random(),
    onAttempt(report: QueuedAttempt) {
      noteAttempt(world, report);
      emitter.emit("delivery", describeAttempt(report, world.now()));
      // Nobody waits for this one: of a failure listeners are told, and the delivery would merely be made again.
      setImmediate(() => void keep().catch(() => {}));
    },
  });

  // Before anything is saved: what is saved has to hold them.
  queue.restore(store.stored?.jobs ?? []);
  let isClosed = false;
  const keep = createKeeper(
    async () => {
      if (!isClosed) await store.write({ records: world, jobs: queue.jobs });
    },
    (error) => emitter.emit("failure", error as Error),
  );
  const surroundings: Surroundings = {
    world,
    limiter: new RateLimiter(world.now),
    testHook(target, type) {
      const job = testJob(world, target, type);
      if (job) queue.add(job);
    },
  };
  const endpoints = endpointsOf(dialect);
  const onRequest = (request: SandboxEvents["request"][0]) => emitter.emit("request", request);
  const app = createServer({ endpoints, surroundings, queue, allowedHosts, beforeAnswer: keep, onRequest });
  async function close(): Promise<void> {
    queue.close();
    hub.close();
    try {
      await keep();
    } finally {
      isClosed = true;
      await app.close();
      await sender.close();
      await store.release();
    }
  }

  try {
    await keep();
    hub.attach(app.server, allowedHosts);
    world.origin = await listen(app, host, port);
  } catch (error) {
    isClosed = true;
    await close();
    throw error;
  }
  queue.start();
  const users = [...world.users.values()].map(({ username, id, token, isAdmin: admin }) => ({
    username,
    id,
    token,
    admin,
  }));
  const call = callerOf(endpoints, surroundings, keep);
  return {
    url: world.origin,
    users,
    as: (username) => createActor(users, username, call),
    queue: {
      pending: () => queue.jobs.map(describePending),
      retry: (id) => queue.retry(id),
      drop: (id) => queue.drop(id),
    },
    settled: () => queue.settled(),
    close,
    on(name, listener) {
      emitter.on(name, listener as never);
      return () => void emitter.off(name, listener as never);
    },
  };
}
