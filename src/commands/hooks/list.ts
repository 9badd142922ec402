// hooks list: the account's hooks and how their latest delivery went.
import { listHooks } from "../../instance/index.js";
import type { DefineCommand } from "../command.js";
import { addHookOptions, type HookOptions, openHooks } from "./hook/access.js";
import { showHooks } from "./hook/view.js";

const examples = `
Examples:
  $ misskey-hooks hooks list --instance misskey.example --token-file ~/.misskey-token
  $ misskey-hooks hooks list --json | jq '.[] | select(.latestStatus != 200) | .name'`;

export const define: DefineCommand = (command, context, action) => {
  addHookOptions(command.option("--show-secret", "show the secrets, which are *** otherwise"))
    .addHelpText("after", examples)
    .action(
      action(async (options: HookOptions & { showSecret?: true }) => {
        const { api } = await openHooks(options, context);
        showHooks(await listHooks(api), context, options);
        return "done";
      }),
    );
};
