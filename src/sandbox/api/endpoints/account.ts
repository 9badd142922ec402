// i and its neighbours: who the token stands for.
import { packMe } from "../../entities/user.js";
import { appTokenLength, newToken } from "../../world/users.js";
import { caller, type Endpoint, endpoint, idParam } from "../endpoint.js";
import { iUpdate } from "./i-update.js";
import { pinEndpoints } from "./pins.js";

interface GenTokenParams {
  readonly session: string | null;
  readonly name?: string | null;
  readonly permission: readonly string[];
}

/** The endpoints of the account and of its tokens. */
export const accountEndpoints: readonly Endpoint[] = [
  endpoint({
    name: "i",
    readOnly: true,
    access: { credential: true, permission: "read:account" },
    params: { type: "object", properties: {}, required: [] },
    handle: (call) => packMe(call.world, caller(call), call.app === null),
  }),

  iUpdate,
  ...pinEndpoints,

  endpoint<GenTokenParams>({
    name: "miauth/gen-token",
    access: { credential: true, nativeTokenOnly: true },
    params: {
      type: "object",
      properties: {
        session: { type: "string", nullable: true },
        name: { type: "string", nullable: true },
        description: { type: "string", nullable: true },
        iconUrl: { type: "string", nullable: true },
        permission: { type: "array", uniqueItems: true, items: { type: "string" } },
      },
      required: ["session", "permission"],
    },
    handle(call, { session, name, permission }) {
      const token = newToken(call.world, appTokenLength);
      const userId = caller(call).id;
      call.world.appTokens.set(token, { token, userId, permission, name: name ?? null, session, fetched: false });
      return { token };
    },
  }),

  endpoint<{ readonly token?: string | null; readonly tokenId?: string }>({
    name: "i/revoke-token",
    access: { credential: true, nativeTokenOnly: true },
    params: {
      anyOf: [
        { type: "object", properties: { tokenId: idParam }, required: ["tokenId"] },
        { type: "object", properties: { token: { type: "string", nullable: true } }, required: ["token"] },
      ],
    },
    handle(call, { token }) {
      const app = token == null ? undefined : call.world.appTokens.get(token);
      if (app?.userId === caller(call).id) call.world.appTokens.delete(app.token);
    },
  }),
];
