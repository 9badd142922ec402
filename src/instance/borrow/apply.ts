// Does what was planned, and undoes it.
import type { ApiClient } from "../api-client.js";
import type { Hook, HookFields } from "../hook.js";
import { createHook, deleteHook, listHooks, updateHook } from "../manage-hooks.js";
import { type Borrowing, fieldsOf } from "./plan.js";

/** What is borrowed: a hook there is, or what a new one is made of. */
export type BorrowSubject = Hook | Omit<HookFields, "active" | "name">;

/**
 * What putting it back came to: `deleted` (the new one), `put-back`, `untouched` (nothing was changed, or somebody else
 * has changed it since, and that stands), `gone` (there is no such hook).
 */
export type PutBack = "deleted" | "put-back" | "untouched" | "gone";

/** Makes the hook of a borrowing, or points it elsewhere. @throws those of `ApiClient.call` */
export async function borrowHook(api: ApiClient, borrowing: Borrowing, subject: BorrowSubject): Promise<Hook> {
  if (borrowing.kind === "re-pointed" && "id" in subject) return updateHook(api, subject, borrowing.during);
  const { url, on, secret } = subject;
  return createHook(api, { name: borrowing.name, url, on, secret });
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/**
 * Puts things back: deletes the new hook, or gives the old one its fields again, those that nobody else has changed in
 * the meantime. Doing it twice does no harm.
 * @throws those of `ApiClient.call`
 */
export async function putHookBack(api: ApiClient, borrowing: Borrowing): Promise<PutBack> {
  const hooks = await listHooks(api);
  if (borrowing.kind === "created") {
    const made = hooks.filter(({ name }) => name === borrowing.name);
    for (const hook of made) await deleteHook(api, hook);
    return made.length > 0 ? "deleted" : "gone";
  }
  const { before, during, hookId } = borrowing;
  const hook = hooks.find(({ id }) => id === hookId);
  if (hook === undefined) return "gone";
  const ours = (["url", "on", "active"] as const).filter(
    (field) => same(hook[field], during[field]) && !same(during[field], before[field]),
  );
  if (ours.length === 0) {
    // Where updates take effect late (Misskey 12.x, Iceshrimp), one that was cut off may have been seen and not be used.
    if (hook.createdAt !== undefined && same(fieldsOf(hook), before)) await updateHook(api, hook, {});
    return "untouched";
  }
  await updateHook(api, hook, Object.fromEntries(ours.map((field) => [field, before[field]])));
  return "put-back";
}
