// Who opens a stream, and how a server turns away whoever it doesn't know.
import type { IncomingMessage } from "node:http";
import { type Caller, findCaller } from "../world/users.js";
import type { World } from "../world/world.js";

/** The answer to an upgrade that is refused. */
export interface Refusal {
  readonly status: string;
  readonly headers: readonly string[];
}

const unauthorized: Refusal = {
  status: "401 Unauthorized",
  headers: [
    'WWW-Authenticate: Bearer realm="Misskey", error="invalid_token", error_description="Failed to authenticate"',
  ],
};

/** Iceshrimp 2026.5.1 lets nobody in anonymously, and takes a Bearer header for one scheme too many. */
function forbidden(reason: string): Refusal {
  return { status: "403 Forbidden", headers: [`X-WebSocket-Reject-Reason: ${reason}`] };
}

/** The caller, null for an anonymous one, or how they are refused. */
export function admit(world: World, { headers, url = "/" }: IncomingMessage): Caller | null | Refusal {
  const inUrl = new URL(url, "http://sandbox").searchParams.get("i") ?? undefined;
  const bearer = /^Bearer (.*)$/.exec(headers.authorization ?? "")?.[1];
  const { streamToken } = world.dialect.api;
  if (streamToken === "protocol") {
    if (bearer !== undefined) return forbidden("using multiple authorization schemes");
    return findCaller(world, headers["sec-websocket-protocol"] ?? inUrl ?? "") ?? forbidden("unknown token");
  }
  const token = (streamToken === "header" ? bearer : undefined) ?? inUrl;
  return token === undefined ? null : (findCaller(world, token) ?? unauthorized);
}
