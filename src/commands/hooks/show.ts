// hooks show: one hook with all that the instance knows of it.
import { findHook } from "../../instance/index.js";
import type { DefineCommand } from "../command.js";
import { addHookOptions, type HookOptions, openHooks } from "./hook/access.js";
import { showHook } from "./hook/view.js";
import { warnOfReports } from "./hook/warn-of-reports.js";

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
        const access = await openHooks(options, context);
        const hook = await findHook(access.api, idOrName);
        showHook(hook, context, options);
        await warnOfReports(hook, access, context);
        return "done";
      }),
    );
};
