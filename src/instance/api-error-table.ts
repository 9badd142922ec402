// What an instance's error codes mean and what to do about them: one row a code. Codes, ids and infos are those of
// Misskey 12.109 to 2026.3.2 and its forks; the same code means the same everywhere, whatever the HTTP status.

/** The circumstances of an error, for the words about it. */
export interface ApiErrorFacts {
  readonly host: string;
  /** Without `/api/`. */
  readonly endpoint: string;
  readonly status: number;
  /** The instance's own text. */
  readonly text: string;
  /** The instance's details, as they came. */
  readonly info: Readonly<Record<string, unknown>>;
  /** undefined when the instance doesn't say. */
  readonly retryAfterMs: number | undefined;
}

/** Words for one code: what it means, and the next step. Both are sentences. */
export interface ApiErrorWords {
  /** Our own stable code. */
  readonly code: string;
  readonly meaning: string | ((facts: ApiErrorFacts) => string);
  readonly hint?: string | ((facts: ApiErrorFacts) => string | undefined);
}

const newToken =
  "Sign in again with `misskey-hooks login`; or make a token in the instance's settings with the permissions to view and to edit your account (read:account, write:account), and give it as MISSKEY_HOOKS_TOKEN or with --token-file.";

const isSystem = (endpoint: string): boolean => endpoint.startsWith("admin/system-webhook/");

const nativeToken =
  "Sign in to the web client as a moderator and give its own token with --token-file. It may do everything that the account may: keep it safe, and don't store it.";

/** A duration as people say it, rounded up. */
function inWords(ms: number): string {
  const seconds = Math.max(1, Math.ceil(ms / 1000));
  return seconds < 120 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
}

/** Ajv's words about a parameter, e.g. `#/properties/url/maxLength` and “must NOT have more than 1024 characters”. */
function invalidParameter({ info }: ApiErrorFacts): string {
  const reason = typeof info["reason"] === "string" ? info["reason"] : "the instance doesn't say why";
  const missing = /required property '(\w+)'/.exec(reason)?.[1];
  if (missing !== undefined) return `It needs the field “${missing}”.`;
  const field = /^#\/properties\/(\w+)/.exec(String(info["param"]))?.[1];
  return field === undefined
    ? `A value isn't acceptable: ${reason}.`
    : `The field “${field}” isn't acceptable: it ${reason}.`;
}

function invalidParameterHint({ info }: ApiErrorFacts): string | undefined {
  const about = `${String(info["param"])} ${String(info["reason"])}`;
  if (about.includes("secret")) return "This instance insists on a secret: add --generate-secret, or --secret-file.";
  if (about.includes("/on/") || about.includes("/type/")) {
    return "It doesn't know one of the events: forks and versions differ in them.";
  }
  return about.includes("webhookId") ? "`misskey-hooks hooks list` shows the ids." : undefined;
}

export const apiErrorTable: Readonly<Record<string, ApiErrorWords>> = {
  TOO_MANY_WEBHOOKS: {
    code: "too-many-webhooks",
    meaning: "The account already has as many hooks as the instance allows (3 by default).",
    hint: "See them with `misskey-hooks hooks list`; delete one with `hooks delete`, or point one elsewhere with `hooks update`.",
  },
  NO_SUCH_WEBHOOK: {
    code: "no-such-webhook",
    meaning: "The account has no such hook (any more).",
    hint: "`misskey-hooks hooks list` shows the hooks there are.",
  },
  PERMISSION_DENIED: {
    code: "permission-denied",
    meaning: ({ endpoint }) =>
      `The token lacks the permission to ${/^i$|\/(list|show|test)$/.test(endpoint) ? "view the account (read:account)" : "edit the account (write:account)"}.`,
    hint: newToken,
  },
  ACCESS_DENIED: {
    code: "access-denied",
    meaning: ({ endpoint }) =>
      endpoint.endsWith("/test")
        ? "Test deliveries are not for app and MiAuth tokens, only for the web client's own token."
        : "This endpoint is not for app and MiAuth tokens, only for the web client's own token.",
    hint: ({ endpoint }) =>
      isSystem(endpoint)
        ? nativeToken
        : endpoint.endsWith("/test")
          ? "Send a sample yourself instead: `misskey-hooks send mention <url> --secret-file <file>`, or press the test button in the web client."
          : undefined,
  },
  ROLE_PERMISSION_DENIED: {
    code: "role-permission-denied",
    meaning: ({ endpoint }) =>
      isSystem(endpoint)
        ? "System webhooks are for moderators and administrators, and this account is neither."
        : "The account's roles don't allow it.",
    hint: ({ endpoint }) =>
      isSystem(endpoint)
        ? "Without --system you get the account's own hooks."
        : "Ask the instance's administrator, or use the token of an account that has the role.",
  },
  NO_SUCH_SYSTEM_WEBHOOK: {
    code: "no-such-webhook",
    meaning: "The instance has no such system webhook (any more).",
    hint: "`misskey-hooks hooks list --system` shows those there are.",
  },
  YOU_ARE_NOT_ADMIN: {
    code: "not-an-administrator",
    meaning: "One of the events is for administrators only.",
    hint: "Leave out reportCreated, reportResolved and reportAutoResolved.",
  },
  AUTHENTICATION_FAILED: {
    code: "authentication-failed",
    meaning: "The instance doesn't know this token: it was revoked, mistyped, or belongs to another instance.",
    hint: newToken,
  },
  CREDENTIAL_REQUIRED: {
    code: "credential-required",
    meaning: "The instance wants a token and saw none.",
    hint: newToken,
  },
  YOUR_ACCOUNT_SUSPENDED: {
    code: "account-suspended",
    meaning: "The account is suspended.",
    hint: "Only the instance's moderators can change that.",
  },
  YOUR_ACCOUNT_MOVED: {
    code: "account-moved",
    meaning: "The account has moved to another instance.",
    hint: "Use the token of the account that it moved to.",
  },
  INVALID_PARAM: { code: "invalid-param", meaning: invalidParameter, hint: invalidParameterHint },
  RATE_LIMIT_EXCEEDED: {
    code: "rate-limited",
    meaning: ({ endpoint }) =>
      endpoint.endsWith("/test") ? "Too many test deliveries: 60 in 15 minutes are allowed." : "Too many calls.",
    hint: ({ retryAfterMs }) =>
      retryAfterMs === undefined ? "Wait a few minutes and try again." : `Try again in ${inWords(retryAfterMs)}.`,
  },
  INTERNAL_ERROR: {
    code: "instance-failed",
    meaning: ({ info, text }) => `It failed inside: ${typeof info["message"] === "string" ? info["message"] : text}`,
    hint: "Try again; if it stays, the instance's administrator finds it in the server's log.",
  },
};
