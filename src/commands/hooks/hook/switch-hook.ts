// What enable, disable and toggle share: they differ in what a hook's `active` becomes.
import { findHook, type Hook, updateHook } from "../../../instance/index.js";
import type { DefineCommand } from "../../command.js";
import { addHookOptions, type HookOptions, openHooks } from "./access.js";
import { showHook } from "./view.js";

/** A verb that makes a hook active or not. */
export interface SwitchVerb {
  readonly name: "enable" | "disable" | "toggle";
  /** What `active` becomes. */
  readonly next: (hook: Hook) => boolean;
}

/** The command for that verb. A hook that already is as wanted is left alone. */
export function defineSwitch({ name, next }: SwitchVerb): DefineCommand {
  return (command, context, action) => {
    addHookOptions(command.argument("<hook>", "id, or name when only one hook has it"))
      .addHelpText(
        "after",
        `
Examples:
  $ misskey-hooks hooks ${name} bot

Everything else about the hook stays, the secret included. Deliveries that wait for a retry still go out.`,
      )
      .action(
        action(async (idOrName: string, options: HookOptions) => {
          const { api } = await openHooks(options, context);
          const hook = await findHook(api, idOrName);
          const active = next(hook);
          showHook(active === hook.active ? hook : await updateHook(api, hook, { active }), context, {});
          return "done";
        }),
      );
  };
}
