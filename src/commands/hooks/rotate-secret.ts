// hooks rotate-secret: gives a hook a new secret, and says how long the old one still counts.
import { findHook, type Hook, Secret, updateHook } from "../../instance/index.js";
import { createTheme, printable, shorten } from "../../terminal/index.js";
import type { CommandContext, DefineCommand } from "../command.js";
import { readSecretSource, type SecretSource } from "../options/inputs.js";
import { addHookOptions, type HookOptions, openHooks, warnOfUpdates } from "./hook/access.js";
import { checkFields, generateSecret } from "./hook/fields.js";

const examples = `
Examples:
  $ misskey-hooks hooks rotate-secret bot                             a random one, shown once
  $ misskey-hooks hooks rotate-secret bot --secret-file ./new-secret
  $ misskey-hooks hooks rotate-secret bot --json | jq -r .secret

A delivery that failed before is tried again with the old secret, up to about 13 minutes after the event: until then a
handler has to accept both. So teach it the new one first if you can: choose it yourself, and rotate afterwards.`;

interface RotateOptions extends HookOptions, SecretSource {}

/** The three waits of a delivery's attempts with all their jitter: 1.2 × (1 + 3 + 7) min (Misskey 2026.3.2). */
const oldValidForMs = 1.2 * 11 * 60_000;

function report(hook: Hook, old: Secret, until: Date, context: CommandContext): void {
  const { id, name, secret } = hook;
  if (context.json) {
    const oldSecret = old.reveal();
    context.result(
      JSON.stringify({ id, name, secret: secret.reveal(), oldSecret, oldSecretValidUntil: until.toISOString() }),
    );
    return;
  }
  const theme = createTheme(context.colour.result);
  const time = until.toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit" });
  context.result(`${theme.strong(shorten(name, 100))}
  ${theme.faint("new secret")}  ${printable(secret.reveal())}
  ${theme.faint("old secret")}  ${printable(old.reveal()) || theme.warning("none")}   accept it until ${time}, for deliveries under way`);
}

export const define: DefineCommand = (command, context, action) => {
  addHookOptions(
    command
      .argument("<hook>", "id, or name when only one hook has it")
      .option("--secret [value]", "this one; without a value from MISSKEY_HOOKS_SECRET, or asked for")
      .option("--secret-file <path>", "read it from a file; - for standard input"),
  )
    .addHelpText("after", examples)
    .action(
      action(async (idOrName: string, options: RotateOptions) => {
        const asked = options.secret !== undefined || options.secretFile !== undefined;
        const text = asked ? await readSecretSource(options, context) : undefined;
        const secret = text === undefined ? generateSecret() : new Secret(text);
        const { api, where } = await openHooks(options, context);
        checkFields({ secret }, where, context);
        const before = await findHook(api, idOrName);
        const hook = await updateHook(api, before, { secret });
        report(hook, before.secret, new Date(context.now() + oldValidForMs), context);
        await warnOfUpdates(api, context);
        return "done";
      }),
    );
};
