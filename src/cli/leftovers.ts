// What runs that are gone have left behind on instances is put back before a command does its own work. A command that
// finds nothing to put back, as nearly all do, pays for one look into a folder.
import type { CommandContext } from "../commands/command.js";
import { hasRecords } from "../config/index.js";

/** Puts it back; what can't be is a warning. */
export async function putBackLeftovers(context: CommandContext): Promise<void> {
  if (!hasRecords(context.env, "borrowed")) return;
  const { putBack } = await import("../commands/account/put-back-leftovers.js");
  await putBack(context);
}
