// logout: forgets an account, and says how to take its token back on the instance.
import type { Profile } from "../config/index.js";
import { UsageError } from "../errors.js";
import { printable } from "../terminal/index.js";
import type { CommandContext, DefineCommand } from "./command.js";
import { loadProfiles } from "./options/settings.js";

const examples = `
Examples:
  $ misskey-hooks logout                          the current profile
  $ misskey-hooks logout alice@misskey.example

The token is forgotten here. It stays valid on the instance until you revoke it there: apps can't do that themselves.`;

function report({ name, instance }: Profile, current: Profile | undefined, context: CommandContext): void {
  const revokeAt = `${instance}/settings/apps`;
  if (context.json) {
    context.result(JSON.stringify({ profile: name, removed: true, revokeAt, current: current?.name ?? null }));
    return;
  }
  context.result(`Signed out: the profile ${printable(name)} and its token are gone from this machine.`);
  if (context.quiet) return;
  context.note(`The token is still valid. To revoke it, remove misskey-hooks from the apps listed at
  ${revokeAt}`);
  if (current !== undefined) context.note(`The current profile is ${printable(current.name)}.`);
}

export const define: DefineCommand = (command, context, action) => {
  command
    .description("Forget an account: its profile and its token are removed from this machine.")
    .argument("[profile]", "which one (default: the current)")
    .addHelpText("after", examples)
    .action(
      action(async (name: string | undefined) => {
        const profiles = await loadProfiles(context);
        const profile = name === undefined ? profiles.current : profiles.get(name);
        if (profile === undefined) {
          throw new UsageError("not-signed-in");
        }
        await profiles.remove(profile.name);
        report(profile, profiles.current, context);
        return "done";
      }),
    );
};
