// Telling that a system webhook gets no reports, and where that is changed: in the web client.
import { type Hook, reportTrouble } from "../../../instance/index.js";
import type { CommandContext } from "../../command.js";
import { warn } from "../../output/warn.js";
import type { HookAccess } from "./access.js";

const reasons = {
  none: "this instance tells only webhooks that an active notification recipient points to",
  inactive: "a notification recipient that is switched off points to it",
} as const;

/** Warns where reports don't reach a system webhook that asks for them. @throws those of `reportTrouble` */
export async function warnOfReports(
  hook: Hook,
  { api, instance, where }: HookAccess,
  context: CommandContext,
): Promise<void> {
  if (where.system !== true || context.quiet) return;
  const trouble = await reportTrouble(api, hook);
  if (trouble === undefined) return;
  const page = `${instance.origin}/admin/abuse-report-notification-recipient`;
  const mend = trouble === "none" ? "add one" : "switch it on, or delete it";
  warn(`No report reaches it, only test deliveries do: ${reasons[trouble]}. To ${mend}: ${page}`, context);
}
