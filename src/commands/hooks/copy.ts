// hooks copy: the same hook for another account, on the same or another instance.
import { UsageError } from "../../errors.js";
import { findHook, type HookFields, listHooks, planHook } from "../../instance/index.js";
import { printable } from "../../terminal/index.js";
import type { CommandContext, DefineCommand } from "../command.js";
import { applyPlan, planInWords } from "./hook/apply-plan.js";
import { addHookOptions, type HookOptions, openHooks } from "./hook/access.js";
import { checkFields, generateSecret } from "./hook/fields.js";
import { showHook } from "./hook/view.js";

const examples = `
Examples:
  $ misskey-hooks hooks copy bot --to bob@misskey.example
  $ misskey-hooks hooks copy bot --to staging --name bot-staging --new-secret

The copy has the same URL, events and secret, so that one handler can serve both; --new-secret gives it a random one,
which is shown. A hook of that name that the other account has already is left alone, and the copy refused.`;

interface CopyOptions extends HookOptions {
  readonly to: string;
  readonly name?: string;
  readonly newSecret?: true;
  readonly dryRun?: true;
}

function refuseIfThere(hooks: readonly { readonly name: string }[], name: string, to: string): void {
  if (!hooks.some((hook) => hook.name === name)) return;
  throw new UsageError("hook-exists", { name, host: to });
}

function show(fields: HookFields, context: CommandContext): void {
  const plan = planHook([], fields);
  if (!context.json) context.result(planInWords(fields.name, plan, false, context));
  else {
    const changes = plan.action === "none" ? [] : plan.changes;
    context.result(JSON.stringify({ action: plan.action, dryRun: true, changes }));
  }
}

export const define: DefineCommand = (command, context, action) => {
  addHookOptions(
    command
      .argument("<hook>", "id, or name when only one hook has it")
      .requiredOption("--to <profile>", "the profile of the account that gets the copy")
      .option("--name <name>", "what the copy is called (default: the same)")
      .option("--new-secret", "with a random secret of its own, which is shown")
      .option("--dry-run", "show the copy, and make none"),
  )
    .addHelpText("after", examples)
    .action(
      action(async (idOrName: string, { to, name, newSecret, dryRun, ...options }: CopyOptions) => {
        const { timeout, caFile, insecure, system } = options;
        const source = await openHooks(options, context);
        const target = await openHooks({ timeout, caFile, insecure, system, profile: to }, context);
        const hook = await findHook(source.api, idOrName);
        const secret = newSecret === true ? generateSecret() : hook.secret;
        const fields: HookFields = { name: name ?? hook.name, url: hook.url, on: hook.on, active: hook.active, secret };
        checkFields(fields, target.where, context);
        refuseIfThere(await listHooks(target.api), fields.name, to);
        if (dryRun === true) {
          show(fields, context);
          return "done";
        }
        const copy = await applyPlan(target.api, { action: "create", changes: [] }, () => fields);
        if (!context.json && !context.quiet) context.note(`Copied to ${printable(to)} on ${target.api.host}:`);
        showHook(copy, context, { showSecret: newSecret === true });
        return "done";
      }),
    );
};
