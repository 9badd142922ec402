// The instance and the token: is it there, what is it, does its clock agree with ours, what may the token do.
import { RefusedError, UnreachableError } from "../errors.js";
import { type ApiClient, ApiError, detectSoftware, whoAmI } from "../instance/index.js";
import { dialectName } from "../protocol/index.js";
import { type Diagnosis, ok, problem, problemOf, warning } from "./diagnosis.js";

/** Clocks that differ by less are taken for equal. */
const equalClocksMs = 5000;
/** No server gives an id like this one. */
const nobodysHook = "0000000000000000";

/** Stops where there is no point in asking on. `now`: milliseconds since the epoch. */
export async function* examineAccount(api: ApiClient, now: () => number): AsyncGenerator<Diagnosis, boolean> {
  try {
    yield await softwareOf(api);
  } catch (error) {
    yield problemOf("instance.reachable", error);
    if (error instanceof UnreachableError) return false;
  }
  const clock = await clockOf(api, now);
  if (clock) yield clock;
  try {
    const { username } = await whoAmI(api);
    yield ok("token.valid", "token-valid", { username, host: api.host });
  } catch (error) {
    yield problemOf("token.valid", error);
    return false;
  }
  yield await writePermission(api);
  return true;
}

async function softwareOf(api: ApiClient): Promise<Diagnosis> {
  const { name, version, dialect, known } = await detectSoftware(api);
  const what = { host: api.host, name, version };
  if (dialect === undefined) return problem("instance.reachable", "software-without-webhooks", what);
  const facts = { ...what, dialect: dialectName(dialect) };
  return known
    ? ok("instance.reachable", "software-known", facts)
    : warning("instance.reachable", "software-unknown", facts);
}

/** Undefined when the instance doesn't tell the time. */
async function clockOf(api: ApiClient, now: () => number): Promise<Diagnosis | undefined> {
  const before = now();
  const answer = await api.call("ping").catch((error: unknown) => {
    if (error instanceof RefusedError || error instanceof UnreachableError) return undefined;
    throw error;
  });
  const after = now();
  const pong = (answer as { readonly pong?: unknown } | undefined)?.pong;
  if (typeof pong !== "number") return undefined;
  const aheadMs = pong - (before + after) / 2;
  if (Math.abs(aheadMs) <= equalClocksMs + (after - before) / 2) {
    return ok("instance.clock", "clocks-agree");
  }
  return warning("instance.clock", "clocks-differ", { aheadMs });
}

/** Asked by deleting a hook that can't exist: permission comes before existence (Misskey 2026.3.2). */
async function writePermission(api: ApiClient): Promise<Diagnosis> {
  try {
    await api.call("i/webhooks/delete", { webhookId: nobodysHook });
  } catch (error) {
    if (!(error instanceof ApiError)) return problemOf("token.permissions", error);
    if (error.apiCode === "PERMISSION_DENIED") {
      return warning("token.permissions", "token-reads-only", { host: api.host });
    }
    if (error.apiCode !== "NO_SUCH_WEBHOOK") return problemOf("token.permissions", error);
  }
  return ok("token.permissions", "token-writes");
}
