// profiles use: makes a profile the current one.
import { printable } from "../../terminal/index.js";
import type { DefineCommand } from "../command.js";
import { loadProfiles } from "../options/settings.js";

const examples = `
Examples:
  $ misskey-hooks profiles use alice        what follows is done as alice`;

export const define: DefineCommand = (command, context, action) => {
  command
    .argument("<profile>", "its name")
    .addHelpText("after", examples)
    .action(
      action(async (name: string) => {
        const profiles = await loadProfiles(context);
        await profiles.use(name);
        if (context.json) context.result(JSON.stringify({ current: name }));
        else context.result(`The current profile is now ${printable(name)}.`);
        return "done";
      }),
    );
};
