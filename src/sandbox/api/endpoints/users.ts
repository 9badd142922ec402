// users/*: looking people up, and reporting them.
import { reportAbuse } from "../../actions/report.js";
import { packMe, packUserDetailed } from "../../entities/user.js";
import type { Payload } from "../../world/occurrence.js";
import type { User } from "../../world/records.js";
import { findUserByName, hostOf } from "../../world/world.js";
import { ApiError } from "../api-error.js";
import { type Call, caller, type Endpoint, endpoint, idParam } from "../endpoint.js";
import { noSuchUser, requireUser } from "./find.js";

const cannotReportYourself = {
  message: "Cannot report yourself.",
  code: "CANNOT_REPORT_YOURSELF",
  id: "1e13149e-b1e8-43cf-902e-c01dbfcb202f",
};
const cannotReportAdmin = {
  message: "Cannot report the admin.",
  code: "CANNOT_REPORT_THE_ADMIN",
  id: "35e166f5-05fb-4f87-a2d5-adb42676d48f",
};
const cannotResolveRemote = {
  message: "Failed to resolve remote user.",
  code: "FAILED_TO_RESOLVE_REMOTE_USER",
  id: "ef7b9be4-9cba-4e6f-ab41-90ed171c7d3c",
  kind: "server",
} as const;

interface ShowParams {
  readonly userId?: string;
  readonly userIds?: readonly string[];
  readonly username?: string;
  readonly host?: string | null;
}

function show(call: Call, user: User): Payload {
  const { world, user: viewer } = call;
  return viewer?.id === user.id
    ? packMe(world, user, false)
    : world.writer.object("UserDetailedNotMe", packUserDetailed(world, user, viewer?.id ?? null));
}

function findUser(call: Call, { userId, username, host }: ShowParams): User | undefined {
  if (userId !== undefined) return call.world.users.get(userId);
  if (host != null && host.toLowerCase() !== hostOf(call.world)) throw new ApiError(cannotResolveRemote);
  return findUserByName(call.world, (username ?? "").trim());
}

/** The endpoints of other people. */
export const userEndpoints: readonly Endpoint[] = [
  endpoint<ShowParams>({
    name: "users/show",
    readOnly: true,
    access: {},
    params: {
      allOf: [
        {
          anyOf: [
            { type: "object", properties: { userId: idParam }, required: ["userId"] },
            {
              type: "object",
              properties: { userIds: { type: "array", uniqueItems: true, items: idParam } },
              required: ["userIds"],
            },
            { type: "object", properties: { username: { type: "string" } }, required: ["username"] },
          ],
        },
        {
          type: "object",
          properties: {
            host: { type: "string", nullable: true, description: "The local host is represented with `null`." },
          },
        },
      ],
    },
    handle(call, params) {
      if (params.userIds !== undefined) {
        const found = params.userIds.flatMap((id) => call.world.users.get(id) ?? []);
        return found.map((user) => show(call, user));
      }
      const user = findUser(call, params);
      if (user === undefined)
        throw new ApiError({ ...noSuchUser("4362f8dc-731f-4ad8-a694-be5a88922a24"), status: 404 });
      return show(call, user);
    },
  }),

  endpoint<{ readonly userId: string; readonly comment: string }>({
    name: "users/report-abuse",
    access: { credential: true, permission: "write:report-abuse" },
    params: {
      type: "object",
      properties: { userId: idParam, comment: { type: "string", minLength: 1, maxLength: 2048 } },
      required: ["userId", "comment"],
    },
    handle(call, { userId, comment }) {
      const me = caller(call);
      const target = requireUser(call, userId, noSuchUser("1acefcb5-0959-43fd-9685-b48305736cb5"));
      if (target.id === me.id) throw new ApiError(cannotReportYourself);
      if (target.isAdmin) throw new ApiError(cannotReportAdmin);
      reportAbuse(call.world, me, target, comment);
    },
  }),
];
