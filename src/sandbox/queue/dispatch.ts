// From an event to its deliveries: which hooks want it, and the exact bytes that each of them gets.
import { buildEnvelope } from "../../protocol/index.js";
import type { TestTarget } from "../api/endpoint.js";
import { uuidFrom } from "../chance.js";
import type { Occurrence, Payload } from "../world/occurrence.js";
import type { HookSettings } from "../world/records.js";
import type { World } from "../world/world.js";
import type { Job } from "./job.js";

function createJob(world: World, target: TestTarget, type: string, body: Payload, once: boolean): Job {
  const eventId = uuidFrom(world.random);
  const createdAt = world.now();
  const { hookId, userId, url, secret } = target;
  const envelope = buildEnvelope(world.dialect, {
    server: world.origin,
    hookId,
    userId: userId ?? "",
    eventId,
    createdAt,
    type,
    body,
  });
  return {
    id: `${hookId}-${eventId}`,
    scope: userId === undefined ? "system" : "user",
    hookId,
    type,
    eventId,
    url,
    secret,
    body: JSON.stringify(envelope),
    once,
    attempts: 0,
    dueAt: createdAt,
  };
}

function wants(settings: HookSettings, type: string): boolean {
  return settings.active && settings.on.includes(type);
}

/** The deliveries that an occurrence causes, one for each hook that asked for it, in the order of the hooks. */
export function jobsFor(world: World, occurrence: Occurrence): Job[] {
  if (occurrence.kind === "user-event") {
    const { type, userId, body } = occurrence;
    return [...world.hooks.values()]
      .filter((hook) => hook.userId === userId && wants(hook.inForce ?? hook, type))
      .map((hook) => {
        const { url, secret } = hook.inForce ?? hook;
        return createJob(world, { hookId: hook.id, userId, url, secret }, type, body, false);
      });
  }
  if (occurrence.kind === "system-event") {
    const { type, body } = occurrence;
    return [...world.systemHooks.values()]
      .filter(({ isActive, on }) => isActive && on.includes(type))
      .map(({ id, url, secret }) =>
        createJob(world, { hookId: id, userId: undefined, url, secret }, type, body, false),
      );
  }
  return [];
}

/** The one delivery of a test endpoint: sent whatever the hook's `on` and `active` say, and never tried again. */
export function testJob(world: World, target: TestTarget, type: string, body: Payload): Job {
  return createJob(world, target, type, body, true);
}
