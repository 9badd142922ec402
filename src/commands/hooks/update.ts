// hooks update: changes some fields of a hook and keeps the others, the secret included, on every version.
import { UsageError } from "../../errors.js";
import { findHook, type HookFields, Secret, updateHook } from "../../instance/index.js";
import type { CommandContext, DefineCommand } from "../command.js";
import { readSecretSource, type SecretSource } from "../options/inputs.js";
import { addHookOptions, type HookAccess, type HookOptions, openHooks, warnOfUpdates } from "./hook/access.js";
import { collectList } from "../options/values.js";
import { checkFields, readEventNames } from "./hook/fields.js";
import { showHook } from "./hook/view.js";

const examples = `
Examples:
  $ misskey-hooks hooks update bot --url https://bot.example/v2/hook
  $ misskey-hooks hooks update bot --on mention,reply,followed
  $ MISSKEY_HOOKS_SECRET=… misskey-hooks hooks update bot --secret

Deliveries that wait for a retry keep the old URL and secret.`;

interface UpdateOptions extends HookOptions, SecretSource {
  readonly name?: string;
  readonly url?: string;
  readonly on?: string[];
  readonly showSecret?: true;
}

/** MISSKEY_HOOKS_SECRET alone changes nothing here: it may be set for `send` and `listen`. */
async function changesOf(
  options: UpdateOptions,
  access: HookAccess,
  context: CommandContext,
): Promise<Partial<HookFields>> {
  const { name, url } = options;
  const on = await readEventNames(options.on, access);
  const asked = options.secret !== undefined || options.secretFile !== undefined;
  const secret = asked ? await readSecretSource(options, context) : undefined;
  return {
    ...(name !== undefined && { name }),
    ...(url !== undefined && { url }),
    ...(on !== undefined && { on }),
    ...(secret !== undefined && { secret: new Secret(secret) }),
  };
}

export const define: DefineCommand = (command, context, action) => {
  addHookOptions(
    command
      .argument("<hook>", "id, or name when only one hook has it")
      .option("--name <name>", "call it this")
      .option("--url <url>", "deliver there")
      .option("--on <events>", "its events, in place of those it has", collectList)
      .option("--secret [value]", "a new secret; without a value from MISSKEY_HOOKS_SECRET, or asked for")
      .option("--secret-file <path>", "read the new secret from a file; - for standard input")
      .option("--show-secret", "show the secret, which is *** otherwise"),
  )
    .addHelpText("after", examples)
    .action(
      action(async (idOrName: string, options: UpdateOptions) => {
        const access = await openHooks(options, context);
        const changes = await changesOf(options, access, context);
        if (Object.keys(changes).length === 0) {
          throw new UsageError("nothing-to-update");
        }
        const { api, where } = access;
        checkFields(changes, where, context);
        const hook = await updateHook(api, await findHook(api, idOrName), changes);
        showHook(hook, context, options);
        await warnOfUpdates(api, context);
        return "done";
      }),
    );
};
