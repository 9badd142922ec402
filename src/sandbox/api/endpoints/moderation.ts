// admin/*: accounts, reports of abuse, and who is told of them.
import { resolveReport, signUp } from "../../actions/report.js";
import { packReport } from "../../entities/report.js";
import { packMe } from "../../entities/user.js";
import type { AbuseReport } from "../../world/records.js";
import { findUserByName } from "../../world/world.js";
import { ApiError, commonErrors } from "../api-error.js";
import { caller, type Endpoint, endpoint, idParam } from "../endpoint.js";

const mayNotCreate = { message: "Access denied.", code: "ACCESS_DENIED", id: "1fb7cb09-d46a-4fff-b8df-057708cce513" };
const noSuchReport = {
  message: "No such abuse report.",
  code: "NO_SUCH_ABUSE_REPORT",
  id: "ac3794dd-2ce4-d878-e546-73c60c06b398",
  kind: "server",
  status: 404,
} as const;
/** The endpoints of moderators. */
export const moderationEndpoints: readonly Endpoint[] = [
  endpoint<{ readonly username: string; readonly password: string }>({
    name: "admin/accounts/create",
    access: {},
    params: {
      type: "object",
      properties: {
        username: { type: "string", pattern: "^\\w{1,20}$" },
        password: { type: "string", minLength: 1 },
        setupPassword: { type: "string", nullable: true },
      },
      required: ["username", "password"],
    },
    handle(call, { username }) {
      const { world, user, app } = call;
      if (!user?.isAdmin || app !== null) throw new ApiError(mayNotCreate);
      if (findUserByName(world, username)) {
        throw new ApiError(commonErrors.internal, {
          e: { message: "DUPLICATED_USERNAME", code: "Error", id: crypto.randomUUID() },
        });
      }
      const created = signUp(world, username);
      return { ...packMe(world, created, true), token: created.token };
    },
  }),

  endpoint<{ readonly limit: number; readonly state: string | null }>({
    name: "admin/abuse-user-reports",
    readOnly: true,
    access: { credential: true, moderator: true, permission: "read:admin:abuse-user-reports" },
    params: {
      type: "object",
      properties: {
        limit: { type: "integer", minimum: 1, maximum: 100, default: 10 },
        sinceId: idParam,
        untilId: idParam,
        sinceDate: { type: "integer" },
        untilDate: { type: "integer" },
        state: { type: "string", nullable: true, default: null },
        reporterOrigin: { type: "string", enum: ["combined", "local", "remote"], default: "combined" },
        targetUserOrigin: { type: "string", enum: ["combined", "local", "remote"], default: "combined" },
      },
      required: [],
    },
    answers: { reporter: "UserDetailedNotMe", targetUser: "UserDetailedNotMe", assignee: "UserDetailedNotMe" },
    handle(call, { limit, state }) {
      const wanted = [...call.world.reports.values()].filter(
        ({ resolved }) => state === null || (state === "resolved") === resolved,
      );
      return wanted
        .toReversed()
        .slice(0, limit)
        .map((report) => packReport(call.world, report));
    },
  }),

  endpoint<{ readonly reportId: string; readonly resolvedAs?: AbuseReport["resolvedAs"] }>({
    name: "admin/resolve-abuse-user-report",
    access: { credential: true, moderator: true, permission: "write:admin:resolve-abuse-user-report" },
    params: {
      type: "object",
      properties: {
        reportId: idParam,
        resolvedAs: { type: "string", enum: ["accept", "reject", null], nullable: true },
      },
      required: ["reportId"],
    },
    handle(call, { reportId, resolvedAs = null }) {
      const report = call.world.reports.get(reportId);
      if (report === undefined) throw new ApiError(noSuchReport);
      resolveReport(call.world, caller(call), report, resolvedAs);
    },
  }),
];
