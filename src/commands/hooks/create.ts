// hooks create: checks the fields, asks for those that are missing, and registers the hook.
import { createHook, type Hook, Secret } from "../../instance/index.js";
import { shellWord } from "../../reporters/index.js";
import { addressKind } from "../../network/index.js";
import { printable } from "../../terminal/index.js";
import type { CommandContext, DefineCommand } from "../command.js";
import { readSecretSource } from "../options/inputs.js";
import { addFieldOptions, type FieldOptions } from "./hook/field-options.js";
import { addHookOptions, type HookOptions, openHooks } from "./hook/access.js";
import { checkFields, completeFields, generateSecret, readEventNames } from "./hook/fields.js";
import { showHook } from "./hook/view.js";
import { nextCommand } from "./hook/next-command.js";
import { warnOfReports } from "./hook/warn-of-reports.js";

const examples = `
Examples:
  $ misskey-hooks hooks create                       asks for everything, on a terminal
  $ misskey-hooks hooks create --name bot --url https://bot.example/hook --on mention,reply --generate-secret
  $ misskey-hooks hooks create --name log --url https://bot.example/log --on all --secret-file ./hook-secret
  $ misskey-hooks hooks create --system --name mod --url https://mod.example/hook --on abuseReport --generate-secret

The secret comes from --secret, --secret-file or MISSKEY_HOOKS_SECRET. One that is generated is shown, with --json
too; any other is ***, unless --show-secret asks for it.`;

interface CreateOptions extends HookOptions, FieldOptions {
  readonly showSecret?: true;
}

/** What receives at a URL of this machine's, or looks at another's. */
function receiveStep({ hostname, href, port, protocol }: URL): readonly [command: string, why: string] {
  const kind = addressKind(hostname);
  if (kind !== "loopback" && kind !== "localhost") {
    return [`misskey-hooks doctor --url ${shellWord(printable(href))}`, "how a server sees that URL"];
  }
  const host = hostname === "[::1]" ? " --host ::1" : "";
  const at = `--port ${port || (protocol === "https:" ? "443" : "80")}${host}`;
  return [`misskey-hooks listen ${at} --secret`, "receives it, where no handler runs; asks for the secret"];
}

/**
 * What fits the account and the URL: an app may not ask for test deliveries, a sample from here does as well; nobody but a
 * program on this machine can receive at a URL of its own.
 */
function noteNextSteps(hook: Hook, isApp: boolean, options: CreateOptions, context: CommandContext): void {
  if (context.quiet || context.json) return;
  const [event = "mention"] = hook.on;
  const steps = [
    receiveStep(new URL(hook.url)),
    isApp
      ? [
          `misskey-hooks send ${shellWord(event)} ${shellWord(printable(hook.url))} --secret`,
          "a sample of it; asks for the secret",
        ]
      : [nextCommand("test", hook, options, "--type", event), "a test delivery"],
    [nextCommand("show", hook, options), "how the latest delivery went"],
  ] as const;
  const width = Math.max(...steps.map(([command]) => command.length));
  context.note(["\nNext:", ...steps.map(([command, why]) => `  $ ${command.padEnd(width)}   ${why}`)].join("\n"));
}

async function givenSecret(options: CreateOptions, context: CommandContext): Promise<Secret | undefined> {
  if (options.generateSecret === true) return generateSecret();
  const text = await readSecretSource(options, context);
  return text === undefined ? undefined : new Secret(text);
}

export const define: DefineCommand = (command, context, action) => {
  addHookOptions(
    addFieldOptions(command, "make a random secret and show it").option(
      "--show-secret",
      "show the secret, which is *** otherwise",
    ),
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
        noteNextSteps(hook, access.isApp, options, context);
        return "done";
      }),
    );
};
