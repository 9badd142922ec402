// A hook for the time of a run: a new one that is deleted in the end, or one that exists and is pointed elsewhere and
// back. The secret of one that exists is never touched, so that it can't be lost.
import { randomBytes } from "node:crypto";
import type { Hook, HookFields } from "../hook.js";

/** What may change while a hook is borrowed. */
export type BorrowedFields = Pick<HookFields, "url" | "on" | "active">;

/** What is done to an account, as far as it is needed to put it back. Holds no secret. */
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

/** A new hook. */
export function planNewHook(): Borrowing {
  return { kind: "created", name: `misskey-hooks listen ${randomBytes(4).toString("hex")}` };
}

/** How a hook would be borrowed: active, and with `on` if that is given. */
export function planBorrowing(hook: Hook, url: string, on: readonly string[] | undefined): Borrowing {
  const during = { url, on: on ?? hook.on, active: true };
  return { kind: "re-pointed", hookId: hook.id, name: hook.name, before: fieldsOf(hook), during };
}

export const fieldsOf = ({ url, on, active }: BorrowedFields): BorrowedFields => ({ url, on, active });
