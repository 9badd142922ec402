// admin/system-webhook/*: the administrators' hooks. Apps are refused, whatever they may.
import { type Dialect, eventsOf } from "../../../protocol/index.js";
import { packSystemHook } from "../../entities/hook.js";
import type { SystemHook } from "../../world/records.js";
import { ApiError } from "../api-error.js";
import { type Access, type Call, type Endpoint, endpoint, idParam } from "../endpoint.js";

const noSuchSystemWebhook = {
  message: "No such SystemWebhook.",
  code: "NO_SUCH_SYSTEM_WEBHOOK",
  id: "38dd1ffe-04b4-6ff5-d8ba-4e6a6ae22c9d",
  kind: "server",
  status: 404,
} as const;
const noSuchWebhook = {
  message: "No such webhook.",
  code: "NO_SUCH_WEBHOOK",
  id: "0c52149c-e913-18f8-5dc7-74870bfe0cf9",
};

type Settings = Pick<SystemHook, "isActive" | "name" | "on" | "url" | "secret">;

interface TestParams {
  readonly webhookId: string;
  readonly type: string;
  readonly override?: { readonly url?: string; readonly secret?: string };
}

function access(permission: string): Access {
  return { credential: true, moderator: true, nativeTokenOnly: true, permission };
}

/** A hook that update and delete count on; without it, a server's database complains. */
function expectHook(call: Call, id: string): SystemHook {
  const hook = call.world.systemHooks.get(id);
  if (hook !== undefined) return hook;
  const error = new Error(`Could not find any entity of type "MiSystemWebhook" matching: {\n    "id": "${id}"\n}`);
  error.name = "EntityNotFoundError";
  throw error;
}

function wantsAny({ on }: SystemHook, types: readonly string[] | undefined): boolean {
  return types === undefined || types.length === 0 || on.some((type) => types.includes(type));
}

/** The endpoints of the administrators' hooks on a server of this dialect. */
export function systemWebhookEndpoints(dialect: Dialect): Endpoint[] {
  const types = eventsOf(dialect)
    .filter(({ scope }) => scope === "system")
    .map(({ name }) => name);
  const required = ["isActive", "name", "on", "url"];
  const anySecret = { type: "string", maxLength: 1024 };
  const on = { type: "array", items: { type: "string", enum: types } };
  const settings = {
    isActive: { type: "boolean" },
    name: { type: "string", minLength: 1, maxLength: 255 },
    on,
    url: { type: "string", minLength: 1, maxLength: 1024 },
    secret: dialect.api.systemSecretRequired ? { ...anySecret, minLength: 1 } : { ...anySecret, default: "" },
  };
  if (dialect.api.systemSecretRequired) required.push("secret");
  const byId = { type: "object", properties: { id: idParam }, required: ["id"] };

  return [
    endpoint<Settings>({
      name: "admin/system-webhook/create",
      access: access("write:admin:system-webhook"),
      params: { type: "object", properties: settings, required },
      handle({ world }, { isActive, name, on: wanted, url, secret }) {
        const hook: SystemHook = {
          id: world.newId(),
          isActive,
          updatedAt: world.now(),
          latestSentAt: null,
          latestStatus: null,
          name,
          on: wanted,
          url,
          secret,
        };
        world.systemHooks.set(hook.id, hook);
        return packSystemHook(hook);
      },
    }),

    endpoint<{ readonly isActive?: boolean; readonly on?: readonly string[] }>({
      name: "admin/system-webhook/list",
      readOnly: true,
      access: access("write:admin:system-webhook"),
      params: { type: "object", properties: { isActive: { type: "boolean" }, on } },
      handle: ({ world }, { isActive, on: wanted }) =>
        [...world.systemHooks.values()]
          .filter((hook) => (isActive === undefined || hook.isActive === isActive) && wantsAny(hook, wanted))
          .map(packSystemHook),
    }),

    endpoint<{ readonly id: string }>({
      name: "admin/system-webhook/show",
      readOnly: true,
      access: access("write:admin:system-webhook"),
      params: byId,
      handle({ world }, { id }) {
        const hook = world.systemHooks.get(id);
        if (hook === undefined) throw new ApiError(noSuchSystemWebhook);
        return packSystemHook(hook);
      },
    }),

    endpoint<Settings & { readonly id: string }>({
      name: "admin/system-webhook/update",
      access: access("write:admin:system-webhook"),
      params: {
        type: "object",
        properties: { id: idParam, ...settings },
        required: ["id", ...required],
      },
      handle(call, { id, isActive, name, on: wanted, url, secret }) {
        const hook = expectHook(call, id);
        Object.assign(hook, { isActive, name, on: wanted, url, secret, updatedAt: call.world.now() });
        return packSystemHook(hook);
      },
    }),

    endpoint<{ readonly id: string }>({
      name: "admin/system-webhook/delete",
      access: access("write:admin:system-webhook"),
      params: byId,
      handle(call, { id }) {
        const { systemHooks, reportRecipients } = call.world;
        systemHooks.delete(expectHook(call, id).id);
        for (const recipient of reportRecipients.values())
          if (recipient.systemWebhookId === id) reportRecipients.delete(recipient.id);
      },
    }),

    endpoint<TestParams>({
      name: "admin/system-webhook/test",
      access: access("read:admin:system-webhook"),
      limit: { durationMs: 15 * 60_000, max: 60 },
      params: {
        type: "object",
        properties: {
          webhookId: idParam,
          type: { type: "string", enum: types },
          override: { type: "object", properties: { url: { type: "string" }, secret: { type: "string" } } },
        },
        required: ["webhookId", "type"],
      },
      handle(call, { webhookId, type, override = {} }) {
        const hook = call.world.systemHooks.get(webhookId);
        if (hook === undefined) throw new ApiError(noSuchWebhook);
        const { url = hook.url, secret = hook.secret } = override;
        call.testHook({ hookId: hook.id, userId: undefined, url, secret }, type);
      },
    }),
  ];
}
