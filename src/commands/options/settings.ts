// The user's settings that outlive a run, as a command meets them: profiles and the project's file, read when needed.
import { realpath } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { findProject, Profiles, type Project } from "../../config/index.js";
import { UsageError } from "../../errors.js";
import type { Route } from "../../forward/index.js";
import type { CommandContext } from "../command.js";
import { warn } from "../output/warn.js";

/** The profiles; repaired permissions are told as a warning. @throws LocalError of `Profiles.load` */
export function loadProfiles(context: CommandContext): Promise<Profiles> {
  return Profiles.load(context.env, (text) => warn(text, context));
}

/** The project's file, undefined when there is none. @throws UsageError `bad-project-file` */
export function loadProject(context: CommandContext): Promise<Project | undefined> {
  return findProject(context.cwd);
}

/** A route, and the expression that chooses what goes there. */
export interface ProjectRoute extends Route {
  readonly where?: string | undefined;
}

/** What a project's file says where options say nothing. */
export interface ProjectDefaults {
  readonly url?: string | undefined;
  readonly events?: readonly string[] | undefined;
  /** As `--as` takes it. */
  readonly dialect?: string | undefined;
  /** None is undefined. */
  readonly routes?: readonly ProjectRoute[] | undefined;
}

/** @throws UsageError `bad-project-file` */
export async function projectDefaults(context: CommandContext): Promise<ProjectDefaults> {
  const project = await loadProject(context);
  if (project === undefined) return {};
  const { url, events, dialect, routes } = project.settings;
  return {
    url,
    events,
    dialect: dialect?.endsWith(".json") ? resolve(dirname(project.path), dialect) : dialect,
    routes: routes?.map((route) => ({ ...route, url: new URL(route.url) })),
  };
}

/** The file that holds a project's secret, wherever links lead. @throws UsageError `bad-project-file` */
async function secretFileOf(project: Project, file: string): Promise<string> {
  const folder = await realpath(dirname(project.path));
  const path = await realpath(join(folder, file)).catch((cause: NodeJS.ErrnoException) => {
    const about = { path: project.path, problem: "unreadable-secret", file, why: String(cause.code) } as const;
    throw new UsageError("bad-project-file", about, { cause });
  });
  if (!relative(folder, path).startsWith("..")) return path;
  throw new UsageError("bad-project-file", { path: project.path, problem: "secret-elsewhere", file });
}

/** Where the project's secret is, for whoever reads secrets; undefined when the project names none. */
export async function projectSecretPlace(
  context: CommandContext,
): Promise<{ readonly variable: string } | { readonly path: string } | undefined> {
  const project = await loadProject(context);
  const secret = project?.settings.secret;
  if (project === undefined || secret === undefined) return undefined;
  return "env" in secret ? { variable: secret.env } : { path: await secretFileOf(project, secret.file) };
}
