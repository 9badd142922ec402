// profiles list: the accounts that are signed in, the current one marked.
import { createTheme, table } from "../../terminal/index.js";
import type { DefineCommand } from "../command.js";
import { loadProfiles } from "../options/settings.js";

const examples = `
Examples:
  $ misskey-hooks profiles list             which accounts there are; the current one is marked`;

export const define: DefineCommand = (command, context, action) => {
  command.addHelpText("after", examples).action(
    action(async () => {
      const profiles = await loadProfiles(context);
      const current = profiles.current?.name;
      if (context.json) {
        context.result(
          JSON.stringify(profiles.all.map((profile) => ({ ...profile, current: profile.name === current }))),
        );
        return "done";
      }
      if (profiles.all.length === 0) {
        context.note("Nobody is signed in. Begin with `misskey-hooks login <instance>`.");
        return "done";
      }
      const theme = createTheme(context.colour.result);
      const rows = profiles.all.map(({ name, username, instance, signedInAt }) => [
        name === current ? { text: "*", paint: theme.good } : "",
        { text: name, paint: theme.strong },
        username,
        instance,
        { text: signedInAt.slice(0, 10), paint: theme.faint },
      ]);
      const head = ["", "PROFILE", "USER", "INSTANCE", "SINCE"].map((text) => ({ text, paint: theme.faint }));
      context.result(table(head, rows, context.columns));
      return "done";
    }),
  );
};
