// Answers that mean no, as errors with words. Servers wrap an error in `{error: …}`, Iceshrimp sometimes doesn't, and
// what stands in front of a server answers in plain text or HTML.
import { type MisskeyHooksError, RefusedError, UnreachableError } from "../errors.js";
import type { ApiAnswer } from "./api-answer.js";
import { type ApiErrorFacts, apiErrorTable, type ApiErrorWords } from "./api-error-table.js";

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

  constructor(apiCode: string, apiId: string | undefined, facts: ApiErrorFacts) {
    const words: ApiErrorWords = apiErrorTable[apiCode] ?? { code: "api-error", meaning: facts.text };
    const meaning = typeof words.meaning === "string" ? words.meaning : words.meaning(facts);
    const hint = typeof words.hint === "function" ? words.hint(facts) : words.hint;
    super(words.code, `${facts.host} refused ${facts.endpoint}: ${apiCode}. ${meaning}`, { hint });
    this.apiCode = apiCode;
    this.apiId = apiId;
    this.status = facts.status;
    this.endpoint = facts.endpoint;
    this.retryAfterMs = facts.retryAfterMs;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The error object in an answer: a code in capitals and, on every server, a UUID. Fastify's own errors have none. */
function errorObject(json: unknown): (Record<string, unknown> & { code: string }) | undefined {
  if (!isRecord(json)) return undefined;
  const error = isRecord(json["error"]) ? json["error"] : json;
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

/** The error for an answer with status 400 or above. `json` is its body parsed, undefined when that isn't JSON. */
export function apiErrorOf(answer: ApiAnswer, json: unknown, call: Call): MisskeyHooksError {
  const error = errorObject(json);
  const info = isRecord(error?.["info"]) ? error["info"] : {};
  const facts: ApiErrorFacts = {
    ...call,
    status: answer.status,
    text: typeof error?.["message"] === "string" ? error["message"] : `it answered ${answer.status}`,
    info,
    retryAfterMs: retryAfterMs(answer, info),
  };
  if (error !== undefined) {
    return new ApiError(error.code, typeof error["id"] === "string" ? error["id"] : undefined, facts);
  }
  if (answer.status === 404) return endpointMissing(call);
  if (answer.status === 429) return new ApiError("RATE_LIMIT_EXCEEDED", undefined, facts);
  return notAnApiAnswer(answer, call);
}

/** Every version answers 404 for an endpoint that it doesn't have, in words that differ. */
function endpointMissing({ host, endpoint }: Call): RefusedError {
  if (endpoint.startsWith("admin/system-webhook/")) {
    return new RefusedError("endpoint-missing", `${host} has no system webhooks: Misskey has them from 2024.7.0.`, {
      hint: "Without --system you get the account's own hooks.",
    });
  }
  return endpoint === "i/webhooks/test"
    ? new RefusedError("endpoint-missing", `${host} can't send test deliveries: Misskey can from 2024.9.0.`, {
        hint: "Send a sample yourself: `misskey-hooks send mention <url> --secret-file <file>`.",
      })
    : new RefusedError("endpoint-missing", `${host} has no /api/${endpoint}.`, {
        hint: "Is this a Misskey of 12.109 or newer, or a fork of it? Is the address right?",
      });
}

/** The error for an answer that no API gave. */
export function notAnApiAnswer({ status, headers, text }: ApiAnswer, { host, endpoint }: Call): MisskeyHooksError {
  if (status >= 502) {
    return new UnreachableError("instance-down", `${host} is down: what stands in front of it answered ${status}.`, {
      hint: "Try again later.",
    });
  }
  const title = /<title>([^<]{1,200})<\/title>/i.exec(text)?.[1]?.trim();
  const kind = String(headers["content-type"] ?? "no content type").split(";")[0];
  const about = title === undefined ? kind : `${kind}, “${title}”`;
  return new RefusedError(
    "not-an-api-answer",
    `${host} answered ${status} to ${endpoint}, but not as an API does (${about}).`,
    {
      hint: "Is this the address of an instance? A firewall or bot check in front of it may have answered as well.",
    },
  );
}
