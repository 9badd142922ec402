// Hooks as `i/webhooks/*` and `admin/system-webhook/*` show them: the secret in the clear.
import type { ServerBehaviour } from "../../protocol/index.js";
import type { Payload } from "../world/occurrence.js";
import type { Hook, SystemHook } from "../world/records.js";
import { isoTime, isoTimeOrNull } from "./time.js";

/** A user's hook, keys in the order of Misskey 2026.3.2; other versions have one key more or leave one out. */
export function packHook(hook: Hook, { hooksHaveCreatedAt, omitsLatestSentAt }: ServerBehaviour): Payload {
  const unsent = omitsLatestSentAt && hook.latestSentAt === null;
  return {
    id: hook.id,
    ...(hooksHaveCreatedAt ? { createdAt: isoTime(hook.createdAt) } : {}),
    userId: hook.userId,
    name: hook.name,
    on: hook.on,
    url: hook.url,
    secret: hook.secret,
    active: hook.active,
    ...(unsent ? {} : { latestSentAt: isoTimeOrNull(hook.latestSentAt) }),
    latestStatus: hook.latestStatus,
  };
}

/** An administrators' hook, keys in the order of Misskey 2026.3.2. */
export function packSystemHook(hook: SystemHook): Payload {
  return {
    id: hook.id,
    isActive: hook.isActive,
    updatedAt: isoTime(hook.updatedAt),
    latestSentAt: isoTimeOrNull(hook.latestSentAt),
    latestStatus: hook.latestStatus,
    name: hook.name,
    on: hook.on,
    url: hook.url,
    secret: hook.secret,
  };
}
