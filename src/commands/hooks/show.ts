// hooks show: one hook with all that the instance knows of it.
import { findHook } from "../../instance/index.js";
import type { DefineCommand } from "../command.js";
import { addHookOptions, type HookOptions, openHooks } from "../parts/hooks/hook-access.js";
import { showHook } from "../parts/hooks/hook-view.js";

const examples = `
Examples:
  $ misskey-hooks hooks show bot
  $ misskey-hooks hooks show atum239nig0q001r --show-secret`;

export const define: DefineCommand = (command, context, action) => {
  addHookOptions(
    command
      .argument("<hook>", "id, or name when only one hook has it")
      .option("--show-secret", "show the secret, which is *** otherwise"),
  )
    .addHelpText("after", examples)
    .action(
      action(async (idOrName: string, options: HookOptions & { showSecret?: true }) => {
        const { api } = await openHooks(options, context);
        showHook(await findHook(api, idOrName), context, options);
        return "done";
      }),
    );
};
