// A refusal as a server of this behaviour words it: status, headers, body.
import { type ApiError, type ErrorKind } from "./api-error.js";
import type { ServerBehaviour } from "../../protocol/index.js";

/** What goes over the wire. */
export interface ErrorAnswer {
  readonly status: number;
  /** Of `www-authenticate`; undefined when it isn't sent. */
  readonly challenge: string | undefined;
  readonly body: Readonly<Record<string, unknown>>;
}

/** The general refusal of apps, which isn't that of an endpoint of its own. */
const accessDeniedId = "56f35758-7dd5-468b-8439-5d6fb8ec9b8e";

function statusOf(error: ApiError, behaviour: ServerBehaviour): number {
  const { code, id } = error.spec;
  if (code === "AUTHENTICATION_FAILED") return behaviour.badTokenStatus;
  if (code === "PERMISSION_DENIED") return behaviour.missingPermissionStatus;
  if (id === accessDeniedId) return behaviour.accessDeniedStatus;
  return error.status;
}

/** Seen with 401s, with refusals of the client's making, and with a missing permission; not with rate limits. */
function challengeOf(error: ApiError, { realm, barelyWrapped }: ServerBehaviour): string | undefined {
  const { code, message } = error.spec;
  if (barelyWrapped && code === "AUTHENTICATION_FAILED") return "Bearer";
  if (realm === null || code === "RATE_LIMIT_EXCEEDED") return undefined;
  if (code === "CREDENTIAL_REQUIRED") return `Bearer realm="${realm}"`;
  const reasons: Readonly<Record<string, string>> = {
    AUTHENTICATION_FAILED: "invalid_token",
    PERMISSION_DENIED: "insufficient_scope",
  };
  const reason = reasons[code] ?? (error.kind === "client" ? "invalid_request" : undefined);
  return reason && `Bearer realm="${realm}", error="${reason}", error_description="${message}"`;
}

/** The answer to a refused call. */
export function errorAnswer(error: ApiError, behaviour: ServerBehaviour): ErrorAnswer {
  const { code, id } = error.spec;
  const status = statusOf(error, behaviour);
  const challenge = challengeOf(error, behaviour);
  if (behaviour.barelyWrapped && code === "AUTHENTICATION_FAILED") {
    const body = { message: "Authentication failed: unknown token", code, id, kind: error.kind };
    return { status, challenge, body };
  }
  const kind: ErrorKind = code === "PERMISSION_DENIED" && status === 400 ? "client" : error.kind;
  const info = error.info === undefined ? {} : { info: error.info };
  return { status, challenge, body: { error: { message: error.spec.message, code, id, kind, ...info } } };
}
