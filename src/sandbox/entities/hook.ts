// Hooks as `i/webhooks/*` and `admin/system-webhook/*` show them: the secret in the clear.
import type { Payload } from "../world/occurrence.js";
import type { Hook, SystemHook } from "../world/records.js";
import { isoTime, isoTimeOrNull } from "./time.js";

/** A user's hook, keys in the order of Misskey 2026.3.2. */
export function packHook(hook: Hook): Payload {
  return {
    id: hook.id,
    userId: hook.userId,
    name: hook.name,
    on: hook.on,
    url: hook.url,
    secret: hook.secret,
    active: hook.active,
    latestSentAt: isoTimeOrNull(hook.latestSentAt),
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
