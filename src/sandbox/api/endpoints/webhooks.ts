// i/webhooks/*: a user's own hooks.
import { type ApiRules, type Dialect, eventsOf } from "../../../protocol/index.js";
import { packHook } from "../../entities/hook.js";
import type { Hook, HookSettings } from "../../world/records.js";
import type { World } from "../../world/world.js";
import { ApiError, commonErrors } from "../api-error.js";
import { type Access, type Call, caller, type Endpoint, endpoint, idParam, type ParamSchema } from "../endpoint.js";

const noSuchWebhook = (id: string) => ({ message: "No such webhook.", code: "NO_SUCH_WEBHOOK", id });
const tooManyWebhooks = {
  message: "You cannot create webhook any more.",
  code: "TOO_MANY_WEBHOOKS",
  id: "87a9bb19-111e-4e37-81d3-a3e7426453b0",
};

const reading: Access = { credential: true, permission: "read:account" };
const writing: Access = { credential: true, permission: "write:account" };

/** The caller's hook of that id; somebody else's is as unknown as none. */
function ownHook(call: Call, webhookId: string, errorId: string): Hook {
  const hook = call.world.hooks.get(webhookId);
  if (hook === undefined || hook.userId !== caller(call).id) throw new ApiError(noSuchWebhook(errorId));
  return hook;
}

function hooksOf(world: World, userId: string): Hook[] {
  return [...world.hooks.values()].filter((hook) => hook.userId === userId);
}

/** What goes wrong in a server's database when an update has nothing to change. Seen on Misskey 2026.3.2. */
function nothingToUpdate(id: string): unknown {
  const message =
    'Cannot perform update query because update values are not defined. Call "qb.set(...)" method to specify updated values.';
  return { e: { message, code: "UpdateValuesMissingError", id } };
}

function settingsOf({ name, on, url, secret, active }: Hook): HookSettings {
  return { name, on, url, secret, active };
}

/** MisskeyIO's reports: hooks of administrators, kept with those of users. */
const forAdministrators = (type: string): boolean => type.startsWith("report");
const notAdministrator = {
  message: "You are not an administrator.",
  code: "YOU_ARE_NOT_ADMIN",
  id: "26601bea-079b-4782-8dac-071febe2acf9",
};

interface CreateParams extends Pick<HookSettings, "name" | "url" | "on"> {
  readonly secret: string;
}

type UpdateParams = { readonly webhookId: string; readonly secret?: string | null } & {
  readonly [Key in "name" | "url" | "on" | "active"]?: HookSettings[Key];
};

interface TestParams {
  readonly webhookId: string;
  readonly type: string;
  readonly override?: { readonly url?: string; readonly secret?: string };
}

/** What servers of a dialect take as a secret: early ones insist on one. */
function secretParam({ secretRequired }: ApiRules): ParamSchema {
  return secretRequired
    ? { type: "string", minLength: 1, maxLength: 1024 }
    : { type: "string", maxLength: 1024, default: "" };
}

/** As above, of an update: where leaving it out erases it, that is what the default does. */
function changedSecretParam(api: ApiRules): ParamSchema {
  return api.secretRequired || api.updateErasesSecret
    ? secretParam(api)
    : { type: "string", nullable: true, maxLength: 1024 };
}

/** The endpoints of hooks on a server of this dialect. */
export function webhookEndpoints(dialect: Dialect): Endpoint[] {
  const { api } = dialect;
  const types = userEventTypes(dialect);
  const on = { type: "array", items: { type: "string", enum: types } };
  const name = { type: "string", minLength: 1, maxLength: 100 };
  const url = { type: "string", minLength: 1, maxLength: 1024 };
  const byId: ParamSchema = { type: "object", properties: { webhookId: idParam }, required: ["webhookId"] };

  return [
    endpoint<CreateParams>({
      name: "i/webhooks/create",
      access: writing,
      params: {
        type: "object",
        properties: { name, url, secret: secretParam(api), on },
        required: api.secretRequired ? ["name", "url", "secret", "on"] : ["name", "url", "on"],
      },
      handle(call, params) {
        const { world } = call;
        const userId = caller(call).id;
        const limit = api.hookLimit;
        if (params.on.some(forAdministrators) && !caller(call).isAdmin) throw new ApiError(notAdministrator);
        if (limit !== null && hooksOf(world, userId).length >= limit) throw new ApiError(tooManyWebhooks);
        const { name: hookName, url: hookUrl, secret, on: wanted } = params;
        const hook: Hook = {
          id: world.newId(),
          createdAt: world.now(),
          userId,
          name: hookName,
          on: wanted,
          url: hookUrl,
          secret,
          active: true,
          latestSentAt: null,
          latestStatus: null,
        };
        world.hooks.set(hook.id, hook);
        return packHook(hook, world.behaviour);
      },
    }),

    endpoint({
      name: "i/webhooks/list",
      readOnly: true,
      access: reading,
      params: { type: "object", properties: {}, required: [] },
      handle: (call) => hooksOf(call.world, caller(call).id).map((hook) => packHook(hook, call.world.behaviour)),
    }),

    endpoint<{ readonly webhookId: string }>({
      name: "i/webhooks/show",
      readOnly: true,
      access: reading,
      params: byId,
      handle: (call, { webhookId }) =>
        packHook(ownHook(call, webhookId, "50f614d9-3047-4f7e-90d8-ad6b2d5fb098"), call.world.behaviour),
    }),

    endpoint<UpdateParams>({
      name: "i/webhooks/update",
      access: writing,
      params: {
        type: "object",
        properties: {
          webhookId: idParam,
          name,
          url,
          secret: changedSecretParam(api),
          on,
          active: { type: "boolean" },
        },
        required: ["webhookId", ...api.updateRequires],
      },
      handle(call, { webhookId, secret, ...changes }) {
        const hook = ownHook(call, webhookId, "fb0fea69-da18-45b1-828d-bd4fd1612518");
        const { name: newName, url: newUrl, on: newOn, active } = changes;
        const given = [newName, newUrl, newOn, active, secret].some((value) => value !== undefined);
        if (!given) throw new ApiError(commonErrors.internal, nothingToUpdate(crypto.randomUUID()));
        if (api.updateTakesEffectLate) hook.inForce = settingsOf(hook);
        if (newName !== undefined) hook.name = newName;
        if (newUrl !== undefined) hook.url = newUrl;
        if (newOn !== undefined) hook.on = newOn;
        if (active !== undefined) hook.active = active;
        if (secret !== undefined) hook.secret = secret ?? "";
        return undefined;
      },
    }),

    endpoint<{ readonly webhookId: string }>({
      name: "i/webhooks/delete",
      access: writing,
      params: byId,
      handle(call, { webhookId }) {
        call.world.hooks.delete(ownHook(call, webhookId, "bae73e5a-5522-4965-ae19-3a8688e71d82").id);
      },
    }),

    ...(api.testEndpoint ? [testEndpoint(types)] : []),
  ];
}

/** The test button's endpoint. */
function testEndpoint(types: readonly string[]): Endpoint<TestParams> {
  return endpoint<TestParams>({
    name: "i/webhooks/test",
    access: { ...reading, nativeTokenOnly: true },
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
      const hook = ownHook(call, webhookId, "0c52149c-e913-18f8-5dc7-74870bfe0cf9");
      const { url: target = hook.url, secret = hook.secret } = override;
      call.testHook({ hookId: hook.id, userId: hook.userId, url: target, secret }, type);
    },
  });
}

/** The types that a user's hook can ask for, in the order in which servers list them. */
function userEventTypes(dialect: Dialect): string[] {
  const wireOrder = ["mention", "unfollow", "follow", "followed", "note", "reply", "renote", "reaction"];
  const known = eventsOf(dialect)
    .filter(({ scope }) => scope === "user")
    .map(({ name }) => name);
  return [...wireOrder, ...known.filter((name) => !wireOrder.includes(name))];
}
