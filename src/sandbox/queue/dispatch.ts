// From an event to its deliveries: which hooks want it, and the exact bytes that each of them gets.
import { buildEnvelope } from "../../protocol/index.js";
import { buildSample, listSamples } from "../../samples/index.js";
import { uuidFrom } from "../chance.js";
import type { Occurrence, Payload } from "../world/occurrence.js";
import type { HookSettings, HookTarget } from "../world/records.js";
import type { World } from "../world/world.js";
import type { Job } from "./job.js";

interface Message {
  readonly type: string;
  readonly eventId: string;
  readonly createdAt: number;
  readonly envelope: Payload;
}

function createMessage(world: World, { hookId, userId }: HookTarget, type: string, body: Payload): Message {
  const eventId = uuidFrom(world.random);
  const createdAt = world.now();
  const envelope = buildEnvelope(world.dialect, {
    server: world.origin,
    hookId,
    userId: userId ?? "",
    eventId,
    createdAt,
    type,
    body: world.writer.body(type, body),
  });
  return { type, eventId, createdAt, envelope };
}

function createJob({ hookId, userId, url, secret }: HookTarget, message: Message, once: boolean): Job {
  const { type, eventId, createdAt, envelope } = message;
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

function jobFor(world: World, target: HookTarget, type: string, body: Payload): Job {
  return createJob(target, createMessage(world, target, type, body), false);
}

function wants(settings: HookSettings, type: string): boolean {
  return settings.active && settings.on.includes(type);
}

/**
 * Whether a hook of the administrators' is told of reports: where they need a recipient, some active one has to point to
 * it; elsewhere no inactive one may. Seen on Misskey 2024.9.0 and 2024.10.1, and on 2026.3.2 and its relatives.
 */
function isToldOfReports({ dialect, reportRecipients }: World, hookId: string): boolean {
  const pointing = [...reportRecipients.values()].filter(({ systemWebhookId }) => systemWebhookId === hookId);
  if (dialect.api.reportsNeedRecipient) return pointing.some(({ isActive }) => isActive);
  return pointing.every(({ isActive }) => isActive);
}

/** The deliveries that an occurrence causes, one for each hook that asked for it, in the order of the hooks. */
export function jobsFor(world: World, occurrence: Occurrence): Job[] {
  if (occurrence.kind === "user-event") {
    const { type, userId, body } = occurrence;
    return [...world.hooks.values()]
      .filter((hook) => hook.userId === userId && wants(hook.inForce ?? hook, type))
      .map((hook) => {
        const { url, secret } = hook.inForce ?? hook;
        return jobFor(world, { hookId: hook.id, userId, url, secret }, type, body);
      });
  }
  if (occurrence.kind === "system-event") {
    const { type, body } = occurrence;
    return [...world.systemHooks.values()]
      .filter(({ isActive, on }) => isActive && on.includes(type))
      .filter(({ id }) => !type.startsWith("abuseReport") || isToldOfReports(world, id))
      .map(({ id, url, secret }) => jobFor(world, { hookId: id, userId: undefined, url, secret }, type, body));
  }
  return [];
}

/** The variant of a sample that is what the test endpoint sends. */
const testButton = "test-button";

/**
 * The one delivery of a test endpoint: sent whatever the hook's `on` and `active` say, and never tried again.
 * undefined for what a server accepts here and never sends (`reaction`, Sharkey's `edited`).
 * @throws Error where a server fails (MisskeyIO's reports)
 */
export function testJob(world: World, target: HookTarget, type: string): Job | undefined {
  if (type.startsWith("report")) throw new Error(`Unhandled webhook type: ${type}`);
  if (!listSamples(world.dialect).some(({ event, variant }) => event === type && variant === testButton))
    return undefined;
  const { dialect, origin, now, random } = world;
  const { hookId, userId } = target;
  const sample = buildSample({
    event: type,
    variant: testButton,
    dialect,
    server: origin,
    hookId,
    userId,
    now,
    random,
  });
  return createJob(target, { type, eventId: sample.eventId, createdAt: now(), envelope: sample.body }, true);
}
