// hooks import: makes the hooks of a file exist, each found by its name or URL; run twice, the second time does nothing.
import { type HookFields, type HookPlan, listHooks, planHook, type WantedHook } from "../../instance/index.js";
import { printable } from "../../terminal/index.js";
import type { CommandContext, DefineCommand } from "../command.js";
import { readInput } from "../options/inputs.js";
import { applyPlan, planInWords } from "./hook/apply-plan.js";
import { addHookOptions, type HookOptions, openHooks } from "./hook/access.js";
import { checkFields, generateSecret } from "./hook/fields.js";
import { parseHookFile } from "./hook/file.js";

const examples = `
Examples:
  $ misskey-hooks hooks import hooks.json
  $ misskey-hooks hooks import hooks.json --dry-run       what would change, and nothing done
  $ misskey-hooks hooks export | misskey-hooks hooks import - --profile other@misskey.example

A hook is found by its name, else by its URL. One without a secret in the file keeps the one it has; a new one gets a
random secret, which is shown. Hooks that aren't in the file are left alone.

With --json, a line for each: {"name","action":"none|update|create","dryRun","changes","id"?,"secret"?}.`;

interface Planned {
  readonly wanted: WantedHook;
  readonly plan: HookPlan;
  /** Made up for a new hook that has none in the file. */
  readonly generated: HookFields["secret"] | undefined;
}

function planOne(wanted: WantedHook, plan: HookPlan): Planned {
  return { wanted, plan, generated: plan.action === "create" && !wanted.secret ? generateSecret() : undefined };
}

function report({ wanted, plan, generated }: Planned, id: string | undefined, context: CommandContext): void {
  const { name = "" } = wanted;
  const isDone = id !== undefined;
  if (context.json) {
    const changes = plan.action === "none" ? [] : plan.changes;
    const secret = isDone ? generated?.reveal() : undefined;
    context.result(JSON.stringify({ name, action: plan.action, dryRun: !isDone, changes, id, secret }));
    return;
  }
  context.result(planInWords(name, plan, isDone, context));
  if (generated !== undefined) {
    context.result(`  + secret  ${isDone ? printable(generated.reveal()) : "a random one"}`);
  }
}

export const define: DefineCommand = (command, context, action) => {
  addHookOptions(
    command
      .argument("<file>", "what `hooks export` wrote; - for standard input")
      .option("--dry-run", "show what would change, and change nothing"),
  )
    .addHelpText("after", examples)
    .action(
      action(async (file: string, options: HookOptions & { dryRun?: true }) => {
        const hooks = parseHookFile((await readInput(file, context)).toString("utf8"), file);
        const { api, where } = await openHooks(options, context);
        for (const hook of hooks) checkFields(hook as HookFields, where, context);
        // All plans come first: nothing is changed when one of them is impossible.
        const existing = await listHooks(api);
        const planned = hooks.map((wanted) => planOne(wanted, planHook(existing, wanted)));
        for (const one of planned) {
          const { wanted, plan, generated } = one;
          const fresh = (): HookFields => ({ ...wanted, secret: wanted.secret ?? generated }) as HookFields;
          const hook = options.dryRun === true ? undefined : await applyPlan(api, plan, fresh);
          report(one, hook?.id, context);
        }
        return "done";
      }),
    );
};
