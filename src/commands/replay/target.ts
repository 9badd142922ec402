// Where `replay` sends to.
import { UsageError } from "../../errors.js";
import type { StoredCapture } from "../../captures/index.js";
import type { CommandContext } from "../command.js";
import { projectDefaults } from "../options/settings.js";
import { readTarget } from "../options/target.js";

/** The URL for a capture: `--to`, the project's `url`, or where it was handed on to. */
export type Target = (capture: StoredCapture) => URL;

/** @throws UsageError `invalid-url`; from the target `no-replay-target` */
export async function targetOf({ to }: { readonly to?: string }, context: CommandContext): Promise<Target> {
  const named = to ?? (await projectDefaults(context)).url;
  const fixed = named === undefined ? undefined : readTarget(named);
  return ({ id, forwards }) => {
    const url = fixed ?? forwards.map((forward) => forward.url).find((one) => URL.canParse(one));
    if (url === undefined) throw new UsageError("no-replay-target", { id });
    return new URL(url);
  };
}
