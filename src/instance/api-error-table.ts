// What an instance's error codes mean: one row a code. Codes, ids and infos are those of Misskey 12.109 to 2026.3.2 and
// its forks; the same code means the same everywhere, whatever the HTTP status.
import type { ErrorParams } from "../errors.js";

/** The circumstances of an error, for the words about it. */
export type ApiErrorFacts = ErrorParams<"api-error">;

const ownCodes = {
  TOO_MANY_WEBHOOKS: "too-many-webhooks",
  NO_SUCH_WEBHOOK: "no-such-webhook",
  PERMISSION_DENIED: "permission-denied",
  ACCESS_DENIED: "access-denied",
  ROLE_PERMISSION_DENIED: "role-permission-denied",
  NO_SUCH_SYSTEM_WEBHOOK: "no-such-webhook",
  YOU_ARE_NOT_ADMIN: "not-an-administrator",
  AUTHENTICATION_FAILED: "authentication-failed",
  CREDENTIAL_REQUIRED: "credential-required",
  YOUR_ACCOUNT_SUSPENDED: "account-suspended",
  YOUR_ACCOUNT_MOVED: "account-moved",
  INVALID_PARAM: "invalid-param",
  RATE_LIMIT_EXCEEDED: "rate-limited",
  INTERNAL_ERROR: "instance-failed",
} as const;
type KnownCode = keyof typeof ownCodes;

/** Our own stable code for an instance's; `api-error` for those that aren't known here. */
export function codeOfApiError(apiCode: string): (typeof ownCodes)[KnownCode] | "api-error" {
  return Object.hasOwn(ownCodes, apiCode) ? ownCodes[apiCode as KnownCode] : "api-error";
}
