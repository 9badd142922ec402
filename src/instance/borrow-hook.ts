// A hook for the time of a run: a new one that is deleted in the end, or one that exists and is pointed elsewhere and
// back. The secret of one that exists is never touched, so that it can't be lost.
import type { ApiClient } from "./api-client.js";
import type { Hook, HookFields } from "./hook.js";
import { createHook, deleteHook, listHooks, updateHook } from "./manage-hooks.js";

/** What may change while a hook is borrowed. */
export type BorrowedFields = Pick<HookFields, "url" | "on" | "active">;

/** What was done to an account, as far as it is needed to put it back. Holds no secret. */
export type Borrowing =
  | {
      readonly kind: "created";
      /** Unlike any other's, since the id isn't known before there is one. */
      readonly name: string;
    }
  | {
      readonly kind: "re-pointed";
      readonly hookId: string;
      readonly name: string;
      readonly before: BorrowedFields;
      readonly during: BorrowedFields;
    };

/**
 * What putting it back came to: `deleted` (the new one), `put-back`, `untouched` (nothing was changed, or somebody else
 * has changed it since, and that stands), `gone` (there is no such hook).
 */
export type PutBack = "deleted" | "put-back" | "untouched" | "gone";

/** How a hook would be borrowed: active, and with `on` if that is given. */
export function planBorrowing(hook: Hook, url: string, on: readonly string[] | undefined): Borrowing {
  const before = fieldsOf(hook);
  const during = { url, on: on ?? hook.on, active: true };
  return { kind: "re-pointed", hookId: hook.id, name: hook.name, before, during };
}

/** Makes the hook of a borrowing, or points it elsewhere. @throws those of `ApiClient.call` */
export async function borrowHook(
  api: ApiClient,
  borrowing: Borrowing,
  subject: Hook | Omit<HookFields, "active" | "name">,
): Promise<Hook> {
  if (borrowing.kind === "re-pointed" && "id" in subject) return updateHook(api, subject, borrowing.during);
  const { url, on, secret } = subject;
  return createHook(api, { name: borrowing.name, url, on, secret });
}

const fieldsOf = ({ url, on, active }: BorrowedFields): BorrowedFields => ({ url, on, active });

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
