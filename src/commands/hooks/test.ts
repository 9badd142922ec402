// hooks test: has the instance itself send a made-up event.
import { UsageError } from "../../errors.js";
import { findHook, type Hook, Secret, testHook } from "../../instance/index.js";
import { createPrompter, printable } from "../../terminal/index.js";
import type { CommandContext, DefineCommand } from "../command.js";
import { readSecretSource, type SecretSource } from "../options/inputs.js";
import { addHookOptions, type HookOptions, openHooks } from "./hook/access.js";
import { checkFields, eventChoices } from "./hook/fields.js";
import { nextCommand } from "./hook/next-command.js";

const examples = `
Examples:
  $ misskey-hooks hooks test bot --type mention
  $ misskey-hooks hooks test bot --type note --url https://bot.example/staging --secret-file ./staging-secret

The event goes out whether the hook is active and has it or not, once, without retries. Its payload differs from a
real one in details. Misskey can do this from 2024.9.0 on, and refuses the tokens of apps: \`misskey-hooks send\` needs
neither.`;

interface TestOptions extends HookOptions, SecretSource {
  readonly type?: string;
  readonly url?: string;
}

async function eventType(options: TestOptions, context: CommandContext): Promise<string> {
  const type = options.type ?? (context.interactive ? await askForType(options.system, context) : undefined);
  if (type === undefined) {
    throw new UsageError("missing-type");
  }
  checkFields({ on: [type] }, { localInstance: true, system: options.system }, context, { on: "type" });
  return type;
}

function askForType(system: boolean | undefined, { stdin, terminal, signal }: CommandContext): Promise<string> {
  return createPrompter({ input: stdin, output: terminal, signal }).one("Event:", eventChoices(system));
}

function report(hook: Hook, type: string, options: TestOptions, context: CommandContext): void {
  const { id, name } = hook;
  if (context.json) context.result(JSON.stringify({ id, name, type, queued: true }));
  else context.result(`Queued: a test event of type ${printable(type)} is on its way.`);
  if (context.quiet || context.json) return;
  context.note(`How it went: ${nextCommand("show", hook, options)}`);
}

export const define: DefineCommand = (command, context, action) => {
  addHookOptions(
    command
      .argument("<hook>", "id, or name when only one hook has it")
      .option("--type <event>", "the event to send")
      .option("--url <url>", "deliver there instead of to the hook's URL")
      .option("--secret [value]", "with this secret instead of the hook's")
      .option("--secret-file <path>", "read that secret from a file; - for standard input"),
  )
    .addHelpText("after", examples)
    .action(
      action(async (idOrName: string, options: TestOptions) => {
        const { api, where } = await openHooks(options, context);
        const type = await eventType(options, context);
        const { url } = options;
        const asked = options.secret !== undefined || options.secretFile !== undefined;
        const text = asked ? await readSecretSource(options, context) : undefined;
        const override = { url, secret: text === undefined ? undefined : new Secret(text) };
        checkFields(
          { ...(url !== undefined && { url }), ...(override.secret && { secret: override.secret }) },
          where,
          context,
        );
        const hook = await findHook(api, idOrName);
        await testHook(api, hook, type, override);
        report(hook, type, options, context);
        return "done";
      }),
    );
};
