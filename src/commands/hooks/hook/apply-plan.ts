// What `ensure` and `import` share: carrying out a plan for a hook, and showing it.
import {
  type ApiClient,
  createHook,
  type Hook,
  type HookFields,
  type HookPlan,
  updateHook,
} from "../../../instance/index.js";
import { createTheme, shorten } from "../../../terminal/index.js";
import type { CommandContext } from "../../command.js";

/**
 * Does what the plan says; resolves to the hook as it is then.
 * @param fresh the fields of a hook that doesn't exist yet
 * @throws those of `createHook` and `updateHook`
 */
export async function applyPlan(api: ApiClient, plan: HookPlan, fresh: () => HookFields): Promise<Hook> {
  if (plan.action === "none") return plan.hook;
  if (plan.action === "update") return updateHook(api, plan.hook, plan.fields);
  const { active, ...fields } = fresh();
  const hook = await createHook(api, fields);
  // Every version makes hooks active: one that should not be has to be switched off.
  return active ? hook : updateHook(api, hook, { active });
}

const verbs = { none: "nothing to do", update: "update", create: "create" } as const;
const done = { none: "as it should be", update: "updated", create: "created" } as const;

/** The plan for the hook called `name`, in lines: a `~` or `+` for each field. */
export function planInWords(name: string, plan: HookPlan, isDone: boolean, context: CommandContext): string {
  const theme = createTheme(context.colour.result);
  const safe = (text: string): string => shorten(text, 200);
  const head = `${theme.strong(safe(name))}: ${(isDone ? done : verbs)[plan.action]}`;
  if (plan.action === "none") return head;
  const lines = plan.changes.map(({ field, from, to }) =>
    from === undefined
      ? theme.good(`  + ${field.padEnd(6)}  ${safe(to)}`)
      : `${theme.warning("  ~")} ${field.padEnd(6)}  ${theme.faint(safe(from))} → ${safe(to)}`,
  );
  return [head, ...lines].join("\n");
}
