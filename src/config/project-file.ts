// `misskey-hooks.config.json`: what everybody who works on a project shares. It comes with the project, perhaps from a
// stranger, so that it holds no secrets and can't send the user's token anywhere.
import { lstat, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { UsageError } from "../errors.js";
import type { ProjectSettings } from "./project-settings.js";

/** A project's settings and where they came from. */
export interface Project {
  /** The file. Paths in it are relative to its folder. */
  readonly path: string;
  readonly settings: ProjectSettings;
}

/** What the file is called. */
export const projectFileName = "misskey-hooks.config.json";

/**
 * The project's file: in `cwd`, else in the folders above it within the same git repository. undefined when there is
 * none.
 * @throws UsageError `bad-project-file`
 */
export async function findProject(cwd: string): Promise<Project | undefined> {
  const path = await findFile(cwd);
  if (path === undefined) return undefined;
  const text = await readProject(path);
  const { parseProject } = await import("./project-settings.js");
  return { path, settings: parseProject(text, path) };
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

async function findFile(cwd: string): Promise<string | undefined> {
  const found: string[] = [];
  // Outside a repository whoever owns a folder above, /tmp for one, would have a say: only the folder itself counts.
  for (let folder = cwd; ; folder = dirname(folder)) {
    const path = join(folder, projectFileName);
    if (await exists(path)) found.push(path);
    if (await exists(join(folder, ".git"))) return found[0];
    if (dirname(folder) === folder) break;
  }
  return found[0] === join(cwd, projectFileName) ? found[0] : undefined;
}

async function readProject(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    throw new UsageError("bad-project-file", { path, problem: "unreadable", why: (cause as Error).message }, { cause });
  }
}

/** The JSON Schema of the file (draft 2020-12), for editors. */
export async function projectSchema(): Promise<Record<string, unknown>> {
  return (await import("./project-settings.js")).schemaOfSettings();
}
