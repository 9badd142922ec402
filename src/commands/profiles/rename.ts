// profiles rename: gives a profile another name.
import { printable } from "../../terminal/index.js";
import type { DefineCommand } from "../command.js";
import { loadProfiles } from "../options/settings.js";

const examples = `
Examples:
  $ misskey-hooks profiles rename alice bot`;

export const define: DefineCommand = (command, context, action) => {
  command
    .argument("<profile>", "its name")
    .argument("<new-name>", "its name from now on")
    .addHelpText("after", examples)
    .action(
      action(async (from: string, to: string) => {
        const profiles = await loadProfiles(context);
        await profiles.rename(from, to);
        if (context.json) context.result(JSON.stringify({ from, to }));
        else context.result(`${printable(from)} is now called ${printable(to)}.`);
        return "done";
      }),
    );
};
