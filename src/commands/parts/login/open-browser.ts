// Opens a page in the user's browser, where there is one.
import { platform } from "node:os";
import type { CommandContext } from "../../command.js";

/** Whether a browser that opened would be in front of the user: not over ssh, and not without a display. */
export function hasBrowser({ env, interactive }: CommandContext): boolean {
  if (!interactive || env["SSH_CONNECTION"] !== undefined || env["CI"] !== undefined) return false;
  if (platform() === "darwin" || platform() === "win32") return true;
  return Boolean(env["DISPLAY"] ?? env["WAYLAND_DISPLAY"]);
}

/** False when that failed. The browser outlives this program. */
export async function openBrowser(url: string): Promise<boolean> {
  try {
    const { default: open } = await import("open");
    const child = await open(url);
    child.on("error", () => {});
    child.unref();
    return true;
  } catch {
    return false;
  }
}
