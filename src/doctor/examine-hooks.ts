// The account's hooks: what their latest delivery came to, in words, and what will go wrong with their fields.
import { checkHook, type Hook } from "../instance/index.js";
import { type Diagnosis, ok, problem, warning } from "./diagnosis.js";

/** What a status of `latestStatus` tells about the handler, and what to do. Seen on Misskey 2026.3.2. */
function failed(status: number, url: string): { readonly what: string; readonly hint: string } {
  if (status === 1) {
    return {
      what: "its latest delivery got no response: refused, timed out after 5 s, not found, TLS, or a blocked address",
      hint: `See what a server sees: misskey-hooks doctor --url ${url}`,
    };
  }
  const what = `its latest delivery was answered ${status}`;
  if (status === 401 || status === 403) {
    return { what, hint: "The handler expects another secret: make the two equal (misskey-hooks hooks update)." };
  }
  if (status === 404 || status === 405 || status === 410) {
    return { what, hint: "No handler at this URL: is the path complete, and does it take a POST?" };
  }
  if (status === 429) return { what, hint: "The handler limits its callers; a server comes with up to 64 at once." };
  if (status >= 500) return { what, hint: "The handler failed: look at its log. A server tries four times." };
  if (status >= 300 && status < 400) return { what, hint: "Register the URL that it redirects to." };
  return { what, hint: `The handler did not like it: misskey-hooks check ${url}` };
}

function latestOf(hook: Hook): Diagnosis {
  const { id, name, latestStatus: status, latestSentAt, active, url } = hook;
  const about = `hooks.${id}`;
  const label = `The hook “${name}”`;
  if (status === null) return ok(about, `${label}: nothing sent yet.`);
  if (status >= 200 && status < 300) return ok(about, `${label}: delivered (${status}), last at ${latestSentAt}.`);
  const { what, hint } = failed(status, url);
  return (active ? problem : warning)(about, `${label}: ${what}, at ${latestSentAt}.`, hint);
}

/** `localInstance`: it runs on this machine, and reaches private addresses. */
export function examineHooks(hooks: readonly Hook[], localInstance: boolean): Diagnosis[] {
  if (hooks.length === 0) return [ok("hooks", "The account has no hooks.")];
  return hooks.flatMap((hook) => {
    const about = `hooks.${hook.id}`;
    const label = `The hook “${hook.name}”`;
    const off = hook.active
      ? []
      : [warning(about, `${label} is off.`, `misskey-hooks hooks enable ${hook.id} switches it on.`)];
    const troubles = checkHook(hook, { localInstance }).map(({ field, severity, message }) =>
      (severity === "error" ? problem : warning)(about, `${label}, its ${field}: ${message}`),
    );
    return [latestOf(hook), ...off, ...troubles];
  });
}
