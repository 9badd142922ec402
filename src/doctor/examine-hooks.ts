// The account's hooks: what their latest delivery came to, in words, and what will go wrong with their fields.
import { checkHook, type Hook } from "../instance/index.js";
import { type Diagnosis, ok, problem, warning } from "./diagnosis.js";

function latestOf({ id, name, latestStatus: status, latestSentAt, active, url }: Hook): Diagnosis {
  const about = `hooks.${id}`;
  if (status === null) return ok(about, "hook-unused", { name });
  const latest = { name, status, at: latestSentAt ?? "" };
  if (status >= 200 && status < 300) return ok(about, "hook-delivered", latest);
  return (active ? problem : warning)(about, "hook-failed", { ...latest, url });
}

/** `localInstance`: it runs on this machine, and reaches private addresses. */
export function examineHooks(hooks: readonly Hook[], localInstance: boolean): Diagnosis[] {
  if (hooks.length === 0) return [ok("hooks", "no-hooks")];
  return hooks.flatMap((hook) => {
    const about = `hooks.${hook.id}`;
    const { id, name } = hook;
    const off = hook.active ? [] : [warning(about, "hook-off", { id, name })];
    const troubles = checkHook(hook, { localInstance }).map(({ field, severity, message }) =>
      (severity === "error" ? problem : warning)(about, "hook-trouble", { name, field, why: message }),
    );
    return [latestOf(hook), ...off, ...troubles];
  });
}
