// One API call after it was read from the wire: who calls, may they, are the parameters right, then the handler.
// The order of the checks is a server's (Misskey 2026.3.2): a wrong call gets the first refusal that applies.
import type { Payload } from "../world/occurrence.js";
import { findCaller } from "../world/users.js";
import type { World } from "../world/world.js";
import { ApiError, commonErrors } from "./api-error.js";
import type { Call, Endpoint, TestHook, UploadedFile } from "./endpoint.js";
import { checkParams } from "./params.js";
import type { RateLimiter } from "./rate-limiter.js";

/** A call as it came in. */
export interface IncomingCall {
  readonly token: string | undefined;
  /** The parsed body; handlers get it with defaults filled in. */
  readonly params: unknown;
  readonly file: UploadedFile | null;
  /** Who is counted by rate limits when there is no user. */
  readonly address: string;
}

/** What calls are answered with. */
export interface Surroundings {
  readonly world: World;
  readonly limiter: RateLimiter;
  readonly testHook: TestHook;
}

function identify(world: World, token: string | undefined): Pick<Call, "user" | "app"> {
  if (token === undefined) return { user: null, app: null };
  const found = findCaller(world, token);
  if (found === undefined) throw new ApiError(commonErrors.authenticationFailed);
  return found;
}

function checkAccess(world: World, endpoint: Endpoint, { user, app }: Pick<Call, "user" | "app">): void {
  const { credential, moderator } = endpoint.access;
  const isOpen = endpoint.name === "i" && world.behaviour.accountIsOpen;
  const permission = isOpen ? undefined : endpoint.access.permission;
  if ((credential || moderator) && user === null) throw new ApiError(commonErrors.credentialRequired);
  if (moderator && !user?.isAdmin) throw new ApiError(commonErrors.notModerator);
  if (app !== null && permission !== undefined && !app.permission.includes(permission)) {
    throw new ApiError(commonErrors.permissionDenied);
  }
}

/** A form brings texts; numbers, booleans and null are written as JSON in it. */
function castTexts(endpoint: Endpoint, params: Record<string, unknown>): void {
  const properties = (endpoint.params["properties"] ?? {}) as Record<string, { readonly type?: string }>;
  for (const [name, { type }] of Object.entries(properties)) {
    const text = params[name];
    if (typeof text !== "string" || !["boolean", "number", "integer"].includes(type ?? "")) continue;
    try {
      params[name] = JSON.parse(text);
    } catch {
      const error = { ...commonErrors.invalidParam, id: "0b5f1631-7c1a-41a6-b399-cce335f34d85" };
      throw new ApiError(error, { param: name, reason: `cannot cast to ${type}` });
    }
  }
}

/**
 * Answers one call: the JSON value, or undefined for an empty 204.
 * @throws ApiError for every refusal
 */
export async function callEndpoint(
  endpoint: Endpoint,
  incoming: IncomingCall,
  { world, limiter, testHook }: Surroundings,
): Promise<unknown> {
  const identity = identify(world, incoming.token);
  if (endpoint.access.nativeTokenOnly && (identity.user === null || identity.app !== null)) {
    throw new ApiError(commonErrors.accessDenied);
  }
  if (endpoint.limit) limiter.count(`${endpoint.name} ${identity.user?.id ?? incoming.address}`, endpoint.limit);
  checkAccess(world, endpoint, identity);
  if (endpoint.needsFile) castTexts(endpoint, incoming.params as Record<string, unknown>);
  if (typeof incoming.params === "object" && incoming.params !== null)
    endpoint.prepare?.(world, incoming.params as Record<string, unknown>);
  checkParams(endpoint.params, incoming.params);
  const answer = await endpoint.handle({ world, ...identity, file: incoming.file, testHook }, incoming.params as never);
  return endpoint.answers === undefined ? answer : inDialect(world, endpoint.answers, answer);
}

/** The answer with its objects in the shape that the dialect gives them. */
function inDialect(world: World, answers: NonNullable<Endpoint["answers"]>, answer: unknown): unknown {
  if (Array.isArray(answer)) return answer.map((entry) => inDialect(world, answers, entry));
  if (typeof answer !== "object" || answer === null) return answer;
  if (typeof answers === "string") return world.writer.object(answers, answer as Payload);
  const entries = Object.entries(answer).map(([key, value]): [string, unknown] => {
    const name = answers[key];
    return [key, name === undefined ? value : inDialect(world, name, value)];
  });
  return Object.fromEntries(entries);
}
