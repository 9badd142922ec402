// Between what happens and the queue: an event becomes deliveries, an attempt becomes a hook's latest status.
import { latestStatusOf } from "../../protocol/index.js";
import type { PendingDelivery, SandboxDelivery, SandboxEvent } from "../contract.js";
import type { Occurrence } from "../world/occurrence.js";
import type { World } from "../world/world.js";
import type { QueuedAttempt, DeliveryQueue } from "./delivery-queue.js";
import { jobsFor } from "./dispatch.js";
import type { Job } from "./job.js";

/** Queues the deliveries of an occurrence. The answer tells of the event; undefined when no hook could want it. */
export function queueDeliveries(world: World, queue: DeliveryQueue, occurrence: Occurrence): SandboxEvent | undefined {
  if (occurrence.kind !== "user-event" && occurrence.kind !== "system-event") return undefined;
  const jobs = jobsFor(world, occurrence);
  for (const job of jobs) queue.add(job);
  const owner = occurrence.kind === "user-event" ? world.users.get(occurrence.userId) : undefined;
  const { type, body } = occurrence;
  return { at: world.now(), type, username: owner?.username, hooks: jobs.length, body };
}

/** Keeps what an attempt came to with its hook, if the hook still exists. */
export function noteAttempt(world: World, { job, attempt }: QueuedAttempt): void {
  const hook = job.scope === "user" ? world.hooks.get(job.hookId) : world.systemHooks.get(job.hookId);
  if (hook === undefined) return;
  hook.latestSentAt = world.now();
  hook.latestStatus = latestStatusOf(attempt);
}

/** An attempt as listeners are told of it; without its secret. */
export function describeAttempt({ job, attempt, outcome, delayMs }: QueuedAttempt, at: number): SandboxDelivery {
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

/** A pending delivery as the queue shows it; without its secret. */
export function describePending({ id, type, url, attempts, dueAt, lastStatus }: Job): PendingDelivery {
  return { id, type, url, attempts, dueAt, lastStatus };
}
