// hooks delete: asks, then deletes a hook for good.
import { UsageError } from "../../errors.js";
import { deleteHook, findHook, type Hook } from "../../instance/index.js";
import { createPrompter, printable, shorten } from "../../terminal/index.js";
import type { CommandContext, DefineCommand } from "../command.js";
import { addHookOptions, type HookOptions, openHooks } from "./hook/access.js";

const examples = `
Examples:
  $ misskey-hooks hooks delete bot
  $ misskey-hooks hooks delete atum239nig0q001r --yes

Deliveries that wait for a retry still go out.`;

function confirm(hook: Hook, host: string, context: CommandContext): Promise<boolean> {
  const { input, output, signal } = { input: context.stdin, output: context.terminal, signal: context.signal };
  const about = shorten(`${hook.name}, which delivers to ${hook.url}`, 160);
  return createPrompter({ input, output, signal }).yesOrNo(`Delete “${about}”, on ${host}?`, false);
}

export const define: DefineCommand = (command, context, action) => {
  addHookOptions(command.argument("<hook>", "id, or name when only one hook has it").option("--yes", "don't ask"))
    .addHelpText("after", examples)
    .action(
      action(async (idOrName: string, options: HookOptions & { yes?: true }) => {
        if (options.yes !== true && !context.interactive) {
          throw new UsageError("not-confirmed");
        }
        const { api } = await openHooks(options, context);
        const hook = await findHook(api, idOrName);
        if (options.yes !== true && !(await confirm(hook, api.host, context))) {
          context.note("Not deleted.");
          return "done";
        }
        await deleteHook(api, hook);
        const { id, name } = hook;
        if (context.json) context.result(JSON.stringify({ id, name, deleted: true }));
        else context.result(`Deleted ${shorten(name, 100)} (${printable(id)}).`);
        return "done";
      }),
    );
};
