// One API call after it was read from the wire: who calls, may they, are the parameters right, then the handler.
// The order of the checks is a server's (Misskey 2026.3.2): a wrong call gets the first refusal that applies.
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

function checkAccess(endpoint: Endpoint, { user, app }: Pick<Call, "user" | "app">): void {
  const { credential, moderator, permission } = endpoint.access;
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
  checkAccess(endpoint, identity);
  if (endpoint.needsFile) castTexts(endpoint, incoming.params as Record<string, unknown>);
  checkParams(endpoint.params, incoming.params);
  return await endpoint.handle({ world, ...identity, file: incoming.file, testHook }, incoming.params as never);
}
