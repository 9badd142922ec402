// Reports of abuse and new accounts: what the administrators' hooks hear of.
import { packReportEvent } from "../entities/report.js";
import { packUserLite } from "../entities/user-lite.js";
import type { AbuseReport, User } from "../world/records.js";
import { addUser } from "../world/users.js";
import type { World } from "../world/world.js";

/** Reports a user to the moderators. */
export function reportAbuse(world: World, reporter: User, target: User, comment: string): AbuseReport {
  const report: AbuseReport = {
    id: world.newId(),
    createdAt: world.now(),
    reporterId: reporter.id,
    targetUserId: target.id,
    comment,
    assigneeId: null,
    resolved: false,
    resolvedAs: null,
    forwarded: false,
    moderationNote: "",
  };
  world.reports.set(report.id, report);
  world.publish({ kind: "system-event", type: "abuseReport", body: packReportEvent(world, report) });
  return report;
}

/** Resolves a report, as accepted, rejected or neither. */
export function resolveReport(
  world: World,
  moderator: User,
  report: AbuseReport,
  resolvedAs: AbuseReport["resolvedAs"],
): void {
  report.resolved = true;
  report.assigneeId = moderator.id;
  report.resolvedAs = resolvedAs;
  world.publish({ kind: "system-event", type: "abuseReportResolved", body: packReportEvent(world, report) });
}

/** Signs somebody up. */
export function signUp(world: World, username: string): User {
  const user = addUser(world, username);
  world.publish({ kind: "system-event", type: "userCreated", body: packUserLite(world, user) });
  return user;
}
