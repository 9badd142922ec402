// What an API call may be refused with. Codes, ids and words are a server's own: bots compare them.

/** Whose fault it is, as `error.kind` says it. */
export type ErrorKind = "client" | "permission" | "server";

/** One refusal as the API documents it. */
export interface ApiErrorSpec {
  readonly message: string;
  readonly code: string;
  readonly id: string;
  /** `client` when left out. */
  readonly kind?: ErrorKind;
  /** Derived from the kind when left out: 400, 403 or 500. */
  readonly status?: number;
}

/** Thrown by endpoints and by the pipeline around them; becomes the answer, never a message of ours. */
export class ApiError extends Error {
  readonly spec: ApiErrorSpec;
  readonly info: unknown;

  constructor(spec: ApiErrorSpec, info?: unknown) {
    super(spec.message);
    this.spec = spec;
    this.info = info;
  }

  get kind(): ErrorKind {
    return this.spec.kind ?? "client";
  }

  get status(): number {
    const byKind = { client: 400, permission: 403, server: 500 } as const;
    return this.spec.status ?? byKind[this.kind];
  }
}

/** Refusals that any endpoint may answer with. Seen on Misskey 2026.3.2. */
export const commonErrors: Readonly<
  Record<
    | "credentialRequired"
    | "authenticationFailed"
    | "accessDenied"
    | "permissionDenied"
    | "notModerator"
    | "invalidParam"
    | "rateLimitExceeded"
    | "fileRequired"
    | "internal",
    ApiErrorSpec
  >
> = {
  credentialRequired: {
    message: "Credential required.",
    code: "CREDENTIAL_REQUIRED",
    id: "1384574d-a912-4b81-8601-c7b1c4085df1",
    status: 401,
  },
  authenticationFailed: {
    message: "Authentication failed. Please ensure your token is correct.",
    code: "AUTHENTICATION_FAILED",
    id: "b0a7f5f8-dc2f-4171-b91f-de88ad238e14",
    status: 401,
  },
  accessDenied: { message: "Access denied.", code: "ACCESS_DENIED", id: "56f35758-7dd5-468b-8439-5d6fb8ec9b8e" },
  permissionDenied: {
    message: "Your app does not have the necessary permissions to use this endpoint.",
    code: "PERMISSION_DENIED",
    id: "1370e5b7-d4eb-4566-bb1d-7748ee6a1838",
    kind: "permission",
  },
  notModerator: {
    message: "You are not assigned to a moderator role.",
    code: "ROLE_PERMISSION_DENIED",
    id: "d33d5333-db36-423d-a8f9-1a2b9549da41",
    kind: "permission",
  },
  invalidParam: { message: "Invalid param.", code: "INVALID_PARAM", id: "3d81ceae-475f-4600-b2a8-2bc116157532" },
  rateLimitExceeded: {
    message: "Rate limit exceeded. Please try again later.",
    code: "RATE_LIMIT_EXCEEDED",
    id: "d5826d14-3982-4d2e-8011-b9e9f02499ef",
    status: 429,
  },
  fileRequired: { message: "File required.", code: "FILE_REQUIRED", id: "4267801e-70d1-416a-b011-4ee502885d8b" },
  internal: {
    message: "Internal error occurred. Please contact us if the error persists.",
    code: "INTERNAL_ERROR",
    id: "5d37dbcb-891e-41ca-a3d6-e690c97775ac",
    kind: "server",
  },
};
