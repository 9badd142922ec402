// captures path: where they lie.
import type { DefineCommand } from "../command.js";
import { addStoreOption, storeFolder, type StoreOptions } from "./store-options.js";

export const define: DefineCommand = (command, context, action) => {
  addStoreOption(command)
    .addHelpText("after", '\nExamples:\n  $ misskey-hooks validate "$(misskey-hooks captures path)"')
    .action(
      action(async (options: StoreOptions) => {
        const folder = await storeFolder(options, context);
        context.result(context.json ? JSON.stringify({ path: folder }) : folder);
        return "done";
      }),
    );
};
