// Calls an instance's API: JSON over POST, with the token in the body, and every way to fail as an error in words.
import { setTimeout as sleepFor } from "node:timers/promises";
import { type Dispatcher, request } from "undici";
import manifest from "../../package.json" with { type: "json" };
import { InterruptedError, RefusedError } from "../errors.js";
import type { ApiAnswer } from "./api-answer.js";
import { ApiError, apiErrorOf, notAnApiAnswer } from "./api-error.js";
import { maskSecrets } from "../mask.js";
import { createDispatcher, type Network, proxyFor } from "../network/index.js";
import { transportError } from "./transport-error.js";

/** Where and as whom to call. */
export interface ApiClientOptions {
  /** The instance's origin, without a slash at the end. */
  readonly origin: string;
  /** undefined calls without one, as anybody may call `meta`. */
  readonly token?: string | undefined;
  /** For one whole call, the answer's body included. Default 10 s. */
  readonly timeoutMs?: number | undefined;
  /** An answer that is longer is an error. Default 4 MiB. */
  readonly maxAnswerBytes?: number | undefined;
  /** Ends what is under way with an `InterruptedError`. */
  readonly signal?: AbortSignal | undefined;
  /** Proxies and whom TLS trusts. Default: directly, and whom Node trusts. */
  readonly network?: Network | undefined;
  /** What to do when the instance says “not so fast” (429) and for how long. Default: that is an error. */
  readonly patience?: Patience | undefined;
}

/** How a client bears being told to slow down. */
export interface Patience {
  /** The longest wait to accept; a longer one is an error at once. */
  readonly maxWaitMs: number;
  /** Told before each wait. */
  readonly onWait?: ((waitMs: number) => void) | undefined;
  /** Default: a timer. */
  readonly sleep?: ((ms: number, signal: AbortSignal | undefined) => Promise<void>) | undefined;
}

/** An instance's API, as one account. */
export interface ApiClient {
  /** The instance as a person calls it: `misskey.example`, with the port where there is one. */
  readonly host: string;
  /**
   * Calls `/api/<endpoint>`; resolves to the answer's JSON, undefined when there is none (204).
   * @throws ApiError when the instance says no; RefusedError `endpoint-missing`, `instance-redirects`,
   * `not-an-api-answer`, `answer-too-large`; UnreachableError of `transportError` and `instance-down`;
   * InterruptedError
   */
  call(endpoint: string, params?: Readonly<Record<string, unknown>>): Promise<unknown>;
  /**
   * GETs a document of the instance that anybody may read, without the token: `/nodeinfo/2.0`.
   * @throws as `call` does
   */
  get(path: string): Promise<unknown>;
}

/** How we introduce ourselves to instances. */
export const userAgent: string = `misskey-hooks/${manifest.version} (+https://www.npmjs.com/package/misskey-hooks)`;

/**
 * A client. The token goes as `i` in the body, never in a header or URL: that works on every server with webhooks
 * (Bearer doesn't on Misskey 12.x and 13.0–13.10, and Iceshrimp refuses both at once), and no proxy logs it.
 */
export function createApiClient(options: ApiClientOptions): ApiClient {
  const { origin, token, signal, network = {}, timeoutMs = 10_000, maxAnswerBytes = 4 * 1024 ** 2 } = options;
  const { host } = new URL(origin);
  const proxy = proxyFor(new URL(origin), network);
  // The whole call has one time limit, so that there are none of its parts.
  const dispatcher = createDispatcher(origin, network, { maxAnswerBytes, connectTimeoutMs: timeoutMs });

  async function exchange(path: string, sent: Pick<Dispatcher.RequestOptions, "method" | "body">): Promise<ApiAnswer> {
    const limit = AbortSignal.timeout(timeoutMs);
    const type = sent.body === undefined ? {} : { "content-type": "application/json" };
    try {
      const { statusCode, headers, body } = await request(`${origin}${path}`, {
        ...sent,
        dispatcher,
        headers: { ...type, accept: "application/json", "user-agent": userAgent },
        signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
      });
      return { status: statusCode, headers, text: await body.text() };
    } catch (error) {
      throw transportError(error, { host, proxy }, signal);
    }
  }

  function read(answer: ApiAnswer, endpoint: string, hookSecrets: readonly string[] = []): unknown {
    if (answer.status === 204 || (answer.status === 200 && answer.text === "")) return undefined;
    const json = answer.status >= 300 ? undefined : parseJson(answer.text);
    if (json !== undefined) return json;
    const safe = withoutSecrets(answer, [token, ...hookSecrets]);
    if (answer.status >= 300 && answer.status < 400) throw redirected(safe, { host, origin });
    if (answer.status >= 400) throw apiErrorOf(safe, parseJson(safe.text), { host, endpoint });
    throw notAnApiAnswer(safe, { host, endpoint });
  }

  return {
    host,
    call: (endpoint, params = {}) =>
      withPatience(options, async () => {
        const body = JSON.stringify(token === undefined ? params : { ...params, i: token });
        return read(await exchange(`/api/${endpoint}`, { method: "POST", body }), endpoint, secretsIn(params));
      }),
    get: (path) => withPatience(options, async () => read(await exchange(path, { method: "GET" }), path)),
  };
}

/** A call that was refused for coming too soon had no effect, so that it can be made again, whatever it does. */
async function withPatience<Answer>(
  { patience, signal }: Pick<ApiClientOptions, "patience" | "signal">,
  call: () => Promise<Answer>,
): Promise<Answer> {
  if (patience === undefined) return call();
  const { onWait, sleep = sleepWith } = patience;
  for (let left = patience.maxWaitMs; ;) {
    try {
      return await call();
    } catch (error) {
      const waitMs = error instanceof ApiError ? error.retryAfterMs : undefined;
      if (waitMs === undefined || waitMs > left) throw error;
      // A server that says “0 s” and means it not must not be asked for ever.
      left -= Math.max(waitMs, 1000);
      onWait?.(waitMs);
      await sleep(waitMs, signal);
    }
  }
}

async function sleepWith(ms: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await sleepFor(ms, undefined, { signal });
  } catch (error) {
    throw new InterruptedError(error);
  }
}

/** An answer that will be shown, without the secrets of the call that it may repeat in its text or its headers. */
function withoutSecrets(answer: ApiAnswer, secrets: readonly (string | undefined)[]): ApiAnswer {
  const headers = Object.entries(answer.headers).map(([name, value]) => [
    name,
    typeof value === "string" ? maskSecrets(value, secrets) : value?.map((each) => maskSecrets(each, secrets)),
  ]);
  return { ...answer, headers: Object.fromEntries(headers), text: maskSecrets(answer.text, secrets) };
}

/** The hook's secrets among a call's parameters, at whatever depth: `secret`, `override.secret`. */
function secretsIn(params: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(params).flatMap(([name, value]) => {
    if (name === "secret" && typeof value === "string") return [value];
    return typeof value === "object" && value !== null ? secretsIn(value as Record<string, unknown>) : [];
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Redirects aren't followed: the token would go to whoever the answer names. */
function redirected(answer: ApiAnswer, { host, origin }: { host: string; origin: string }): RefusedError {
  const location = String(answer.headers["location"] ?? "");
  const target = URL.canParse(location, origin) ? new URL(location, origin).origin : undefined;
  const elsewhere = target !== undefined && target !== origin;
  return new RefusedError("instance-redirects", { host, target, elsewhere });
}
