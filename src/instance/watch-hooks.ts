// What becomes of hooks over time, found by asking again and again: an instance tells nobody of its deliveries.
import type { Hook } from "./hook.js";

/** Something about a hook is otherwise than it was. */
export interface HookChange {
  /** `delivered`: an attempt was made, whatever came of it. `seen`: it was there when the watching began. */
  readonly kind: "seen" | "delivered" | "changed" | "created" | "deleted";
  /** As it is now; for `deleted`, as it was. */
  readonly hook: Hook;
}

/** What differs between two lists of the same account's hooks, in the order of the newer, the deleted at its end. */
export function compareHooks(before: readonly Hook[], after: readonly Hook[]): HookChange[] {
  const earlier = new Map(before.map((hook) => [hook.id, hook]));
  const later = new Set(after.map(({ id }) => id));
  return [
    ...after.flatMap((hook): HookChange[] => {
      const was = earlier.get(hook.id);
      return was === undefined ? [{ kind: "created", hook }] : changesOf(was, hook);
    }),
    ...before.filter(({ id }) => !later.has(id)).map((hook): HookChange => ({ kind: "deleted", hook })),
  ];
}

function changesOf(was: Hook, hook: Hook): HookChange[] {
  const attempted = was.latestSentAt !== hook.latestSentAt || was.latestStatus !== hook.latestStatus;
  const edited = settings(was) !== settings(hook);
  return [
    ...(edited ? [{ kind: "changed", hook } as const] : []),
    ...(attempted ? [{ kind: "delivered", hook } as const] : []),
  ];
}

const settings = ({ name, url, on, active, secret }: Hook): string =>
  JSON.stringify([name, url, on, active, secret.reveal()]);
