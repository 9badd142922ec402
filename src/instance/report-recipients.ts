// Whether reports of abuse reach a system webhook. Its test deliveries always do, so that nothing else shows it.
import * as z from "zod/mini";
import { RefusedError } from "../errors.js";
import type { ApiClient } from "./api-client.js";
import { softwareIfTold } from "./detect-software.js";
import type { Hook } from "./hook.js";

/**
 * Why reports don't reach a hook: `none`: this version tells only hooks that an active notification recipient points to,
 * and none does (Misskey 2024.7 to 2024.11); `inactive`: an inactive one points to it (later versions).
 */
export type ReportTrouble = "none" | "inactive";

const recipientsShape = z.array(
  z.object({ isActive: z.boolean(), systemWebhookId: z.optional(z.nullable(z.string())) }),
);

/**
 * Asks for the notification recipients, which takes a moderator's own token. Undefined when reports reach the hook, when
 * it doesn't ask for them, and when the instance doesn't tell.
 * @throws those of `ApiClient.call` for an instance that can't be reached
 */
export async function reportTrouble(api: ApiClient, { id, on }: Hook): Promise<ReportTrouble | undefined> {
  if (!on.some((event) => event.startsWith("abuseReport"))) return undefined;
  const answer = await api
    .call("admin/abuse-report/notification-recipient/list", { method: ["webhook"] })
    .catch((error: unknown) => {
      if (error instanceof RefusedError) return undefined;
      throw error;
    });
  const parsed = recipientsShape.safeParse(answer);
  if (!parsed.success) return undefined;
  const pointing = parsed.data.filter(({ systemWebhookId }) => systemWebhookId === id);
  const software = await softwareIfTold(api);
  if (software?.dialect?.api.reportsNeedRecipient === true) {
    return pointing.some(({ isActive }) => isActive) ? undefined : "none";
  }
  return pointing.every(({ isActive }) => isActive) ? undefined : "inactive";
}
