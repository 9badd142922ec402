// From the hooks there are and the one that is wanted to what has to be done: nothing, an update, or a new hook. Pure.
import { UsageError } from "../errors.js";
import type { Hook, HookFields } from "./hook.js";

/** A hook as somebody wants it. Of one that exists, what isn't said stays. */
export interface WantedHook {
  readonly name?: string | undefined;
  readonly url?: string | undefined;
  readonly on?: readonly string[] | undefined;
  readonly secret?: HookFields["secret"] | undefined;
  readonly active?: boolean | undefined;
}

/** One field that differs; a secret is masked. */
export interface FieldChange {
  readonly field: keyof HookFields;
  /** undefined when the hook doesn't exist yet. */
  readonly from: string | undefined;
  readonly to: string;
}

/** What has to be done. */
export type HookPlan =
  | { readonly action: "none"; readonly hook: Hook }
  | {
      readonly action: "update";
      readonly hook: Hook;
      readonly fields: Partial<HookFields>;
      readonly changes: readonly FieldChange[];
    }
  | { readonly action: "create"; readonly changes: readonly FieldChange[] };

/**
 * Plans for the hook with the wanted name, else (when no name is wanted, or none has it) the one with the wanted URL.
 * @throws UsageError `ambiguous-hook` when several have it
 */
export function planHook(hooks: readonly Hook[], wanted: WantedHook): HookPlan {
  const hook = findWanted(hooks, wanted);
  if (hook === undefined) return { action: "create", changes: changesTo(undefined, wanted) };
  const changes = changesTo(hook, wanted);
  if (changes.length === 0) return { action: "none", hook };
  const fields = Object.fromEntries(changes.map(({ field }) => [field, wanted[field]])) as Partial<HookFields>;
  return { action: "update", hook, fields, changes };
}

function findWanted(hooks: readonly Hook[], { name, url }: WantedHook): Hook | undefined {
  const named = hooks.filter((hook) => hook.name === name);
  const [hook, ...others] = named.length > 0 ? named : hooks.filter((candidate) => candidate.url === url);
  if (hook === undefined || others.length === 0) return hook;
  const ids = [hook, ...others].map(({ id }) => id);
  throw named.length > 0
    ? new UsageError("ambiguous-hook", { asked: "for-a-plan", shared: "name", value: String(name), ids })
    : new UsageError("ambiguous-hook", { asked: "for-a-plan", shared: "url", value: String(url), ids });
}

const inWords = {
  name: (name: string) => name,
  url: (url: string) => url,
  secret: (secret: HookFields["secret"]) => (secret.isEmpty ? "none" : secret.toString()),
  on: (on: readonly string[]) => on.join(", "),
  active: (active: boolean) => (active ? "yes" : "no"),
} as const;

/** The order of events means nothing. */
function isSame(field: keyof HookFields, hook: Hook, wanted: WantedHook): boolean {
  if (field === "secret") return hook.secret.reveal() === wanted.secret?.reveal();
  if (field === "on") return [...hook.on].toSorted().join() === [...new Set(wanted.on)].toSorted().join();
  return hook[field] === wanted[field];
}

function changesTo(hook: Hook | undefined, wanted: WantedHook): FieldChange[] {
  return (Object.keys(inWords) as (keyof HookFields)[]).flatMap((field) => {
    const to = wanted[field];
    if (to === undefined || (hook !== undefined && isSame(field, hook, wanted))) return [];
    const words = inWords[field] as (value: unknown) => string;
    return [{ field, from: hook === undefined ? undefined : words(hook[field]), to: words(to) }];
  });
}
