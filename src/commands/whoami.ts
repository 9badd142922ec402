// whoami: asks the instance whose token it is.
import { whoAmI } from "../instance/index.js";
import { createTheme, printable } from "../terminal/index.js";
import type { DefineCommand } from "./command.js";
import { addInstanceOptions, type InstanceOptions, openInstance } from "./account/instance-access.js";

const examples = `
Examples:
  $ misskey-hooks whoami
  $ misskey-hooks whoami --profile bot@misskey.example --json`;

export const define: DefineCommand = (command, context, action) => {
  addInstanceOptions(command.description("Ask the instance whose token it is."))
    .addHelpText("after", examples)
    .action(
      action(async (options: InstanceOptions) => {
        const { api, instance, chosen } = await openInstance(options, context);
        const { id, username } = await whoAmI(api);
        const { token } = chosen;
        const profile = token?.kind === "profile" ? token.profile : undefined;
        if (context.json) {
          const { name = null, permissions = null } = profile ?? {};
          const tokenFrom = token?.source;
          context.result(
            JSON.stringify({ username, id, instance: instance.origin, profile: name, permissions, tokenFrom }),
          );
          return "done";
        }
        const theme = createTheme(context.colour.result);
        const lines = [
          ["id", printable(id)],
          ["instance", instance.origin],
          ["token", printable(`of ${token?.source}`)],
          ...(profile && profile.permissions.length > 0 ? [["may", profile.permissions.join(", ")]] : []),
        ].map(([label = "", value = ""]) => `  ${theme.faint(label.padEnd(8))}  ${value}`);
        context.result([theme.strong(`${printable(username)}@${instance.host}`), ...lines].join("\n"));
        return "done";
      }),
    );
};
