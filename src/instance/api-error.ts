// Answers that mean no, as errors with words. Servers wrap an error in `{error: …}`, Iceshrimp sometimes doesn't, and
// what stands in front of a server answers in plain text or HTML.
import { isObject } from "../protocol/index.js";
import { type MisskeyHooksError, RefusedError, UnreachableError } from "../errors.js";
import type { ApiAnswer } from "./api-answer.js";
import { type ApiErrorFacts, codeOfApiError } from "./api-error-table.js";

/** What was called. */
interface Call {
  readonly host: string;
  readonly endpoint: string;
}

/** The instance's own error. `code` is ours (`too-many-webhooks`), `apiCode` and `apiId` are the instance's. */
export class ApiError extends RefusedError {
  /** E.g. `TOO_MANY_WEBHOOKS`. */
  readonly apiCode: string;
  /** The error's UUID, which tells apart what shares a code. */
  readonly apiId: string | undefined;
  /** The HTTP status. */
  readonly status: number;
  readonly endpoint: string;
  /** How long the instance wants us to wait (429); undefined when it doesn't say. */
  readonly retryAfterMs: number | undefined;

  /** What its words need to know. */
  readonly facts: ApiErrorFacts;

  constructor(apiCode: string, apiId: string | undefined, facts: ApiErrorFacts) {
    super(codeOfApiError(apiCode), facts);
    this.facts = facts;
    this.apiCode = apiCode;
    this.apiId = apiId;
    this.status = facts.status;
    this.endpoint = facts.endpoint;
    this.retryAfterMs = facts.retryAfterMs;
  }
}

/** The error object in an answer: a code in capitals and, on every server, a UUID. Fastify's own errors have none. */
function errorObject(json: unknown): (Record<string, unknown> & { code: string }) | undefined {
  if (!isObject(json)) return undefined;
  const error = isObject(json["error"]) ? json["error"] : json;
  return typeof error["code"] === "string" && typeof error["id"] === "string"
    ? { ...error, code: error["code"] }
    : undefined;
}

/** The wait that the answer asks for: its `retry-after`, else its `info.resetMs` by the server's own clock. */
function retryAfterMs({ headers }: ApiAnswer, info: Readonly<Record<string, unknown>>): number | undefined {
  const date = Date.parse(String(headers["date"]));
  const header = String(headers["retry-after"] ?? "");
  if (/^\d+$/.test(header)) return Number(header) * 1000;
  const until = header === "" ? Number(info["resetMs"]) : Date.parse(header);
  return Number.isFinite(until - date) ? Math.max(0, until - date) : undefined;
}

const tooFast = "RATE_LIMIT_EXCEEDED";

/** The error for an answer with status 400 or above. `json` is its body parsed, undefined when that isn't JSON. */
export function apiErrorOf(answer: ApiAnswer, json: unknown, call: Call): MisskeyHooksError {
  const error = errorObject(json);
  const info = isObject(error?.["info"]) ? error["info"] : {};
  const facts = {
    asked: "of-api" as const,
    ...call,
    status: answer.status,
    text: typeof error?.["message"] === "string" ? error["message"] : `it answered ${answer.status}`,
    info,
    retryAfterMs: retryAfterMs(answer, info),
  };
  if (error !== undefined) {
    const id = typeof error["id"] === "string" ? error["id"] : undefined;
    return new ApiError(error.code, id, { ...facts, apiCode: error.code });
  }
  // Every version answers 404 for an endpoint that it doesn't have, in words that differ.
  if (answer.status === 404) return new RefusedError("endpoint-missing", call);
  if (answer.status === 429) return new ApiError(tooFast, undefined, { ...facts, apiCode: tooFast });
  return notAnApiAnswer(answer, call);
}

/** The error for an answer that no API gave. */
export function notAnApiAnswer({ status, headers, text }: ApiAnswer, { host, endpoint }: Call): MisskeyHooksError {
  if (status >= 502) {
    return new UnreachableError("instance-down", { host, status });
  }
  const title = /<title>([^<]{1,200})<\/title>/i.exec(text)?.[1]?.trim();
  const contentType = headers["content-type"] === undefined ? undefined : String(headers["content-type"]).split(";")[0];
  return new RefusedError("not-an-api-answer", { host, endpoint, status, title, contentType });
}
