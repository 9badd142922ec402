// Opens a page in the user's browser, where there is one.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { platform } from "node:os";
import type { CommandContext } from "../command.js";

type Env = CommandContext["env"];

/**
 * The program that the environment names for it: `BROWSER`, which terminals of remote editors set as well. Of several,
 * the first.
 */
function namedBrowser(env: Env): string | undefined {
  const [first] = (env["BROWSER"] ?? "").split(":");
  return platform() === "win32" || first === "" ? undefined : first;
}

/** Whether a browser that opened would be in front of the user: not over ssh, and not without a display. */
export function hasBrowser({ env, interactive }: CommandContext): boolean {
  if (!interactive || env["CI"] !== undefined) return false;
  if (namedBrowser(env) !== undefined) return true;
  if (env["SSH_CONNECTION"] !== undefined) return false;
  if (platform() === "darwin" || platform() === "win32") return true;
  return Boolean(env["DISPLAY"] ?? env["WAYLAND_DISPLAY"]);
}

/** False when no program for it could be started; what that does then is its own. The browser outlives this program. */
export async function openBrowser(url: string, env: Env): Promise<boolean> {
  try {
    const name = namedBrowser(env);
    const child = name === undefined ? await openInDefault(url) : await start(name, url);
    child.on("error", () => {});
    child.unref();
    return true;
  } catch {
    return false;
  }
}

async function openInDefault(url: string): Promise<ChildProcess> {
  const { default: open } = await import("open");
  return open(url);
}

async function start(program: string, url: string): Promise<ChildProcess> {
  const child = spawn(program, [url], { stdio: "ignore", detached: true });
  await once(child, "spawn");
  return child;
}
