// Where this program keeps what outlives a run: profiles with their tokens, and notes to itself.
import { join } from "node:path";
import envPaths from "env-paths";

/**
 * The folder, which need not exist: `MISSKEY_HOOKS_CONFIG_DIR`, else the platform's place
 * (`~/.config/misskey-hooks` on Linux, `~/Library/Preferences/misskey-hooks` on macOS, `%APPDATA%` on Windows).
 */
export function configFolder(env: Readonly<Record<string, string | undefined>>): string {
  const own = env["MISSKEY_HOOKS_CONFIG_DIR"];
  return own !== undefined && own !== "" ? own : envPaths("misskey-hooks", { suffix: "" }).config;
}

/** A file in that folder. */
export function configFile(env: Readonly<Record<string, string | undefined>>, name: string): string {
  return join(configFolder(env), name);
}
