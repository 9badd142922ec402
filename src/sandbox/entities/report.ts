// Reports of abuse, as moderators list them and as their hooks get them. Seen on Misskey 2026.3.2.
import { tablesOf } from "../../protocol/index.js";
import type { Payload } from "../world/occurrence.js";
import type { AbuseReport, ReportRecipient } from "../world/records.js";
import type { World } from "../world/world.js";
import { packSystemHook } from "./hook.js";
import { isoTime } from "./time.js";
import { packUserDetailed } from "./user.js";
import { packUserLite } from "./user-lite.js";

/** The flat body of `abuseReport` and `abuseReportResolved`. */
export function packReportEvent(world: World, report: AbuseReport): Payload {
  const lite = (id: string | null): Payload | null => {
    const user = id === null ? undefined : world.users.get(id);
    return user ? packUserLite(world, user) : null;
  };
  return {
    id: report.id,
    targetUserId: report.targetUserId,
    targetUser: lite(report.targetUserId),
    reporterId: report.reporterId,
    reporter: lite(report.reporterId),
    assigneeId: report.assigneeId,
    assignee: lite(report.assigneeId),
    resolved: report.resolved,
    forwarded: report.forwarded,
    comment: report.comment,
    moderationNote: report.moderationNote,
    resolvedAs: report.resolvedAs,
    targetUserHost: null,
    reporterHost: null,
  };
}

/** A report in the moderators' list. */
export function packReport(world: World, report: AbuseReport): Payload {
  const detailed = (id: string | null): Payload | null => {
    const user = id === null ? undefined : world.users.get(id);
    return user ? packUserDetailed(world, user, null) : null;
  };
  return {
    id: report.id,
    createdAt: isoTime(report.createdAt),
    comment: report.comment,
    resolved: report.resolved,
    reporterId: report.reporterId,
    targetUserId: report.targetUserId,
    assigneeId: report.assigneeId,
    reporter: detailed(report.reporterId),
    targetUser: detailed(report.targetUserId),
    assignee: detailed(report.assigneeId),
    forwarded: report.forwarded,
    ...(hasVerdicts(world) ? { resolvedAs: report.resolvedAs, moderationNote: report.moderationNote } : {}),
  };
}

/** How a report was resolved, and the moderators' note, came with Misskey 2024.10. */
function hasVerdicts({ dialect }: World): boolean {
  return tablesOf(dialect)?.objects.get("AbuseReport")?.has("resolvedAs") ?? true;
}

/** Who is told of reports, as moderators see it. Seen on Misskey 2024.10.1 and 2026.3.2. */
export function packReportRecipient(world: World, recipient: ReportRecipient): Payload {
  const { id, isActive, updatedAt, name, systemWebhookId } = recipient;
  const hook = world.systemHooks.get(systemWebhookId);
  return {
    id,
    isActive,
    updatedAt: isoTime(updatedAt),
    name,
    method: "webhook",
    systemWebhookId,
    ...(hook ? { systemWebhook: packSystemHook(hook) } : {}),
  };
}
