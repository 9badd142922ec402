// hooks create: checks the fields, asks for those that are missing, and registers the hook.
import { Option } from "@commander-js/extra-typings";
import { createHook, type Hook, Secret } from "../../instance/index.js";
import type { CommandContext, DefineCommand } from "../command.js";
import { readSecretSource, type SecretSource } from "../parts/inputs.js";
import { addHookOptions, type HookOptions, openHooks } from "../parts/hooks/hook-access.js";
import { collectList } from "../parts/options.js";
import { checkFields, completeFields, generateSecret, readEventNames } from "../parts/hooks/hook-fields.js";
import { showHook } from "../parts/hooks/hook-view.js";
import { nextCommand } from "../parts/hooks/next-command.js";
import { warnOfReports } from "../parts/hooks/warn-of-reports.js";

const examples = `
Examples:
  $ misskey-hooks hooks create                       asks for everything, on a terminal
  $ misskey-hooks hooks create --name bot --url https://bot.example/hook --on mention,reply --generate-secret
  $ misskey-hooks hooks create --name log --url https://bot.example/log --on all --secret-file ./hook-secret
  $ misskey-hooks hooks create --system --name mod --url https://mod.example/hook --on abuseReport --generate-secret

The secret comes from --secret, --secret-file or MISSKEY_HOOKS_SECRET. One that is generated is shown, with --json
too; any other is ***, unless --show-secret asks for it.`;

interface CreateOptions extends HookOptions, SecretSource {
  readonly name?: string;
  readonly url?: string;
  readonly on?: string[];
  readonly generateSecret?: true;
  readonly showSecret?: true;
}

function noteNextSteps(hook: Hook, options: CreateOptions, context: CommandContext): void {
  if (context.quiet || context.json) return;
  const [event = "mention"] = hook.on;
  const test = `$ ${nextCommand("test", hook, options, "--type", event)}`;
  const show = `$ ${nextCommand("show", hook, options)}`.padEnd(test.length);
  context.note(`
Next:
  ${test}   a test delivery (not with the token of an app)
  ${show}   how the latest delivery went`);
}

async function givenSecret(options: CreateOptions, context: CommandContext): Promise<Secret | undefined> {
  if (options.generateSecret === true) return generateSecret();
  const text = await readSecretSource(options, context);
  return text === undefined ? undefined : new Secret(text);
}

export const define: DefineCommand = (command, context, action) => {
  addHookOptions(
    command
      .option("--name <name>", "what the hook is called")
      .option("--url <url>", "where it delivers to")
      .option("--on <events>", "its events, e.g. mention,reply; all for every one that is ever sent", collectList)
      .option("--secret [value]", "its secret; without a value from MISSKEY_HOOKS_SECRET, or asked for")
      .option("--secret-file <path>", "read the secret from a file; - for standard input")
      .addOption(
        new Option("--generate-secret", "make a random secret and show it").conflicts(["secret", "secretFile"]),
      )
      .option("--show-secret", "show the secret, which is *** otherwise"),
  )
    .addHelpText("after", examples)
    .action(
      action(async (options: CreateOptions) => {
        const access = await openHooks(options, context);
        const { api, where } = access;
        const { name, url } = options;
        const on = await readEventNames(options.on, access);
        const secret = await givenSecret(options, context);
        const { fields, generated } = await completeFields(
          {
            ...(name !== undefined && { name }),
            ...(url !== undefined && { url }),
            ...(on && { on }),
            ...(secret && { secret }),
          },
          where,
          context,
        );
        checkFields(fields, where, context);
        const hook = await createHook(api, fields);
        showHook(hook, context, { showSecret: options.showSecret ?? (generated || options.generateSecret) });
        await warnOfReports(hook, access, context);
        noteNextSteps(hook, options, context);
        return "done";
      }),
    );
};
