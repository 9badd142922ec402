// Hooks, the account's or the administrators': what their latest delivery came to, what will go wrong with their fields,
// whether anybody listens where they deliver to, and whether reports reach them.
import { type ApiClient, checkHook, type Hook, reportTrouble } from "../instance/index.js";
import { addressKind } from "../network/index.js";
import { refusesConnections } from "./connect.js";
import { type Diagnosis, ok, problem, warning } from "./diagnosis.js";

/** Whose hooks they are, and how their instance sees the world. */
export interface HookSurroundings {
  /** It runs on this machine, and reaches private addresses. */
  readonly localInstance: boolean;
  /** They are the administrators'. Default false. */
  readonly system?: boolean;
}

function latestOf(hook: Hook, system: boolean): Diagnosis {
  const { id, name, latestStatus: status, latestSentAt, active, url } = hook;
  const about = `hooks.${id}`;
  if (status === null) return ok(about, "hook-unused", { name, system });
  const latest = { name, system, status, at: latestSentAt ?? "" };
  if (status >= 200 && status < 300) return ok(about, "hook-delivered", latest);
  return (active ? problem : warning)(about, "hook-failed", { ...latest, url });
}

/** What the hooks themselves tell; an account without any is told, too. */
export function examineHooks(hooks: readonly Hook[], surroundings: HookSurroundings): Diagnosis[] {
  const { system = false } = surroundings;
  if (hooks.length === 0) return system ? [] : [ok("hooks", "no-hooks")];
  return hooks.flatMap((hook) => {
    const about = `hooks.${hook.id}`;
    const { id, name } = hook;
    const off = hook.active ? [] : [warning(about, "hook-off", { id, name, system })];
    const troubles = checkHook(hook, surroundings).map(({ field, severity, message }) =>
      (severity === "error" ? problem : warning)(about, "hook-trouble", { name, system, field, why: message }),
    );
    return [latestOf(hook, system), ...off, ...troubles];
  });
}

/** Whether somebody listens where the active ones deliver to, as far as this machine can tell for the instance. */
export async function examineListeners(
  hooks: readonly Hook[],
  { localInstance, system = false, signal }: HookSurroundings & { readonly signal: AbortSignal },
): Promise<Diagnosis[]> {
  const found = await Promise.all(
    hooks.map(async ({ id, name, url, active }) => {
      if (!active || !URL.canParse(url)) return [];
      const target = new URL(url);
      // Elsewhere an address of a local network is another machine.
      const isSame = localInstance || addressKind(target.hostname) === "public";
      if (!isSame || !(await refusesConnections(target, signal))) return [];
      return [problem(`hooks.${id}`, "hook-refused", { name, system, host: target.host, url })];
    }),
  );
  return found.flat();
}

/**
 * Whether reports of abuse reach the system webhooks that ask for them. `origin` is the instance's.
 * @throws those of `reportTrouble`
 */
export async function examineReports(api: ApiClient, hooks: readonly Hook[], origin: string): Promise<Diagnosis[]> {
  const found = await Promise.all(
    hooks.map(async (hook) => {
      const trouble = await reportTrouble(api, hook);
      if (trouble === undefined) return [];
      return [warning(`hooks.${hook.id}`, "reports-dont-arrive", { name: hook.name, trouble, origin })];
    }),
  );
  return found.flat();
}
