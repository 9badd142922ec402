// hooks show: one hook with all that the instance knows of it.
import { findHook } from "../../instance/index.js";
import type { DefineCommand } from "../command.js";
import { addInstanceOptions, type InstanceOptions, openInstance } from "../instance-access.js";
import { showHook } from "./hook-view.js";

const examples = `
Examples:
  $ misskey-hooks hooks show bot
  $ misskey-hooks hooks show atum239nig0q001r --show-secret`;

export const define: DefineCommand = (command, context, action) => {
  addInstanceOptions(
    command
      .argument("<hook>", "id, or name when only one hook has it")
      .option("--show-secret", "show the secret, which is *** otherwise"),
  )
    .addHelpText("after", examples)
    .action(
      action(async (idOrName: string, options: InstanceOptions & { showSecret?: true }) => {
        const { api } = await openInstance(options, context);
        showHook(await findHook(api, idOrName), context, options);
        return "done";
      }),
    );
};
