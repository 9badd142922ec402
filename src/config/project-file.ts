// `misskey-hooks.config.json`: what everybody who works on a project shares. It comes with the project, perhaps from a
// stranger, so that it holds no secrets and can't send the user's token anywhere.
import { lstat, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { UsageError } from "../errors.js";
import { type ProjectSettings, projectSettings } from "./project-settings.js";

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
  return path === undefined ? undefined : { path, settings: parseProject(await readProject(path), path) };
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
    throw new UsageError("bad-project-file", `Can't read ${path}: ${(cause as Error).message}`, { cause });
  }
}

/**
 * Reads a project file's text.
 * @param path for the error's text
 * @throws UsageError `bad-project-file`
 */
export function parseProject(text: string, path: string): ProjectSettings {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new UsageError("bad-project-file", `${path} is no JSON: ${(cause as Error).message}.`, { cause });
  }
  const parsed = projectSettings.safeParse(json);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `${issue.path.join(".") || "the file"}: ${wordsOf(issue)}`);
  throw new UsageError("bad-project-file", `${path} can't be used:\n       ${lines.join("\n       ")}`, {
    hint: "An editor that knows JSON Schema checks it as you type: `misskey-hooks config --schema` prints the schema.",
  });
}

function wordsOf(issue: {
  readonly code?: string;
  readonly message: string;
  readonly keys?: readonly string[];
}): string {
  if (issue.code === "unrecognized_keys") return `there is no setting called ${(issue.keys ?? []).join(", ")}`;
  return issue.message;
}
