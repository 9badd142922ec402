// hooks ensure: makes a hook be as described, whether it exists or not. Run twice, the second time does nothing.
import { UsageError } from "../../errors.js";
import { type HookFields, listHooks, planHook, Secret, type WantedHook } from "../../instance/index.js";
import type { CommandContext, DefineCommand } from "../command.js";
import { readProjectSecret, readSecretSource } from "../options/inputs.js";
import { loadProject } from "../options/settings.js";
import { applyPlan, planInWords } from "./hook/apply-plan.js";
import { addFieldOptions, type FieldOptions } from "./hook/field-options.js";
import { addHookOptions, type HookAccess, type HookOptions, openHooks } from "./hook/access.js";
import { warnOfReports } from "./hook/warn-of-reports.js";
import { checkFields, generateSecret, readEventNames } from "./hook/fields.js";

const examples = `
Examples:
  $ misskey-hooks hooks ensure --name bot --url https://bot.example/hook --on mention,reply --secret-file ./hook-secret
  $ misskey-hooks hooks ensure --name bot --url https://bot.example/v2 --dry-run     the difference, and nothing done
  $ misskey-hooks hooks ensure --url https://bot.example/hook --on note --json | jq .action

The hook is found by its name, else by its URL. What isn't said about one that exists stays as it is. One that doesn't
exist needs --name, --url, --on and a secret. --on and the secret may come from the project's file.

With --json: {"action":"none|update|create","dryRun":…,"changes":[{"field","from","to"}],"hook":…}.`;

interface EnsureOptions extends HookOptions, FieldOptions {
  readonly inactive?: true;
  readonly dryRun?: true;
}

async function wantedHook(options: EnsureOptions, access: HookAccess, context: CommandContext): Promise<WantedHook> {
  const { name, url } = options;
  if (name === undefined && url === undefined) {
    throw new UsageError("missing-fields", { to: "find" });
  }
  // MISSKEY_HOOKS_SECRET alone changes no hook that exists: it may be set for `send` and `listen`.
  const asked = options.secret !== undefined || options.secretFile !== undefined;
  const secret = asked ? await readSecretSource(options, context) : await readProjectSecret(context);
  return {
    name,
    url,
    on: await readEventNames(options.on ?? (await loadProject(context))?.settings.events, access),
    secret: secret === undefined ? undefined : new Secret(secret),
    active: options.inactive !== true,
  };
}

/** @throws UsageError `missing-fields` */
async function freshFields(wanted: WantedHook, options: EnsureOptions, context: CommandContext): Promise<HookFields> {
  const { name, url, on, active = true } = wanted;
  const mayGenerate = options.generateSecret === true;
  const text = wanted.secret === undefined && !mayGenerate ? await readSecretSource({}, context) : undefined;
  const secret = text === undefined ? wanted.secret : new Secret(text);
  const missing = [
    ...(name === undefined ? ["--name"] : []),
    ...(url === undefined ? ["--url"] : []),
    ...(on === undefined ? ["--on"] : []),
    ...(secret === undefined && !mayGenerate ? ["--secret-file or --generate-secret"] : []),
  ];
  if (name === undefined || url === undefined || on === undefined || missing.length > 0) {
    throw new UsageError("missing-fields", { to: "make-what-is-missing", options: missing });
  }
  return { name, url, on, secret: secret ?? generateSecret(), active };
}

export const define: DefineCommand = (command, context, action) => {
  addHookOptions(
    addFieldOptions(command, "make a random secret if the hook doesn't exist yet, and show it")
      .option("--inactive", "switched off, which is on otherwise")
      .option("--dry-run", "show what would change, and change nothing"),
  )
    .addHelpText("after", examples)
    .action(
      action(async (options: EnsureOptions) => {
        const access = await openHooks(options, context);
        const { api, where } = access;
        const wanted = await wantedHook(options, access, context);
        const given = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
        checkFields(given, where, context);
        const plan = planHook(await listHooks(api), wanted);
        const generated = plan.action === "create" && options.generateSecret === true && wanted.secret === undefined;
        const fresh = plan.action === "create" ? await freshFields(wanted, options, context) : undefined;
        const dryRun = options.dryRun === true;
        const hook = dryRun ? undefined : await applyPlan(api, plan, () => fresh as HookFields);
        const shown = hook && { ...hook, secret: generated ? hook.secret.reveal() : hook.secret.toString() };
        if (context.json) {
          const changes = plan.action === "none" ? [] : plan.changes;
          context.result(JSON.stringify({ action: plan.action, dryRun, changes, ...(shown && { hook: shown }) }));
        } else {
          context.result(planInWords(wanted.name ?? hook?.name ?? wanted.url ?? "", plan, !dryRun, context));
          if (generated && shown) context.result(`  + secret  ${shown.secret}`);
        }
        if (hook) await warnOfReports(hook, access, context);
        return "done";
      }),
    );
};
