// The operations on an account's hooks. Each is what the user means by it, on every version: an update sends every
// field back, because older servers insist on them and some erase a secret that is left out.
import { RefusedError, UsageError } from "../errors.js";
import type { ApiClient } from "./api-client.js";
import { ApiError } from "./api-error.js";
import { softwareIfTold } from "./detect-software.js";
import { type Hook, type HookFields, parseHook, parseHooks } from "./hook.js";
import type { Secret } from "./secret.js";

/** All hooks of the account, in the instance's order. */
export async function listHooks(api: ApiClient): Promise<Hook[]> {
  return parseHooks(await api.call("i/webhooks/list"));
}

const overview = (hooks: readonly Hook[]): { readonly id: string; readonly name: string }[] =>
  hooks.map(({ id, name }) => ({ id, name }));

/**
 * The hook with that id, else the only one with that name (in its exact case).
 * @throws UsageError `ambiguous-hook`, RefusedError `no-such-webhook`, and those of `ApiClient.call`
 */
export async function findHook(api: ApiClient, idOrName: string): Promise<Hook> {
  const hooks = await listHooks(api);
  const byId = hooks.find(({ id }) => id === idOrName);
  const [hook, ...others] = byId ? [byId] : hooks.filter(({ name }) => name === idOrName);
  if (hook === undefined) {
    throw new RefusedError("no-such-webhook", { asked: "by-name", host: api.host, idOrName, known: overview(hooks) });
  }
  if (others.length > 0) {
    throw new UsageError("ambiguous-hook", { asked: "by-name", name: idOrName, hooks: overview([hook, ...others]) });
  }
  return hook;
}

/**
 * Creates a hook, which is active from the start.
 * @throws RefusedError `too-many-webhooks`, which tells the hooks there are, and those of `ApiClient.call`
 */
export async function createHook(api: ApiClient, fields: Omit<HookFields, "active">): Promise<Hook> {
  try {
    return parseHook(await api.call("i/webhooks/create", { ...fields, secret: fields.secret.reveal() }));
  } catch (error) {
    if (!(error instanceof ApiError) || error.apiCode !== "TOO_MANY_WEBHOOKS") throw error;
    const hooks = await listHooks(api);
    const there = hooks.map(({ id, name, url, active }) => ({ id, name, url, active }));
    throw new RefusedError("too-many-webhooks", { ...error.facts, hooks: there }, { cause: error });
  }
}

/**
 * Changes what `changes` names and keeps the rest; resolves to the hook as the instance has it afterwards.
 * @throws those of `ApiClient.call`
 */
export async function updateHook(api: ApiClient, hook: Hook, changes: Partial<HookFields>): Promise<Hook> {
  const { name, url, secret, on, active } = { ...hook, ...changes };
  const update = (): Promise<unknown> =>
    api.call("i/webhooks/update", { webhookId: hook.id, name, url, secret: secret.reveal(), on, active });
  await update();
  // Misskey 12.x and Iceshrimp go on with the old values until the next update: saying it twice makes it true.
  if (await takesEffectLate(api, hook)) await update();
  return parseHook(await api.call("i/webhooks/show", { webhookId: hook.id }));
}

/**
 * Servers whose hooks have no `createdAt` need not be asked what they are. One that doesn't tell is taken for one that
 * is late: a second update does no harm.
 */
async function takesEffectLate(api: ApiClient, { createdAt }: Hook): Promise<boolean> {
  if (createdAt === undefined) return false;
  const software = await softwareIfTold(api);
  return software?.dialect?.api.updateTakesEffectLate ?? true;
}

/** Deletes a hook. Deliveries that wait for a retry still go out. @throws those of `ApiClient.call` */
export async function deleteHook(api: ApiClient, hook: Hook): Promise<void> {
  await api.call("i/webhooks/delete", { webhookId: hook.id });
}

/** Where a test delivery goes instead of to the hook's own URL, and with which secret. */
export interface TestOverride {
  readonly url?: string | undefined;
  readonly secret?: Secret | undefined;
}

/**
 * Has the instance send a made-up event of that type, once, whether the hook is active or has the event or not. It is
 * queued when this resolves. Misskey from 2024.9.0 on, and not with the token of an app.
 * @throws those of `ApiClient.call`
 */
export async function testHook(api: ApiClient, hook: Hook, type: string, override: TestOverride = {}): Promise<void> {
  const { url, secret } = override;
  const overridden = url !== undefined || secret !== undefined;
  await api.call("i/webhooks/test", {
    webhookId: hook.id,
    type,
    ...(overridden ? { override: { url, secret: secret?.reveal() } } : {}),
  });
}
