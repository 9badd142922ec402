// Where a project's captures lie unless somebody names another folder: in the platform's place for data, apart for each
// project.
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import envPaths from "env-paths";
import type { Project } from "./project-file.js";

/** What a working folder belongs to: its project's folder, else its repository, else itself. */
function projectRoot(cwd: string, project: Project | undefined): string {
  if (project !== undefined) return dirname(project.path);
  for (let folder = cwd; ; folder = dirname(folder)) {
    if (existsSync(join(folder, ".git"))) return folder;
    if (dirname(folder) === folder) return cwd;
  }
}

/** All data of this program: beside its configuration where that was named, else in the platform's place. */
function dataFolder(env: Readonly<Record<string, string | undefined>>): string {
  const own = env["MISSKEY_HOOKS_CONFIG_DIR"];
  return own !== undefined && own !== "" ? own : envPaths("misskey-hooks", { suffix: "" }).data;
}

/**
 * The folder for the captures of the project at `cwd`, which need not exist: `captures` in the project's file, else
 * `~/.local/share/misskey-hooks/captures/<project>-<hash of its path>` on Linux, `~/Library/Application Support/…` on
 * macOS, `%LOCALAPPDATA%` on Windows.
 */
export function captureFolder(
  cwd: string,
  project: Project | undefined,
  env: Readonly<Record<string, string | undefined>>,
): string {
  const named = project?.settings.captures;
  if (project !== undefined && named !== undefined) return resolve(dirname(project.path), named);
  const root = projectRoot(resolve(cwd), project);
  const name = basename(root).replace(/[^\w.-]/g, "_") || "root";
  const hash = createHash("sha256").update(root).digest("hex").slice(0, 8);
  return join(dataFolder(env), "captures", `${name}-${hash}`);
}
