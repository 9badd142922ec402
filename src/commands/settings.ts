// The user's settings that outlive a run, as a command meets them: profiles and the project's file, read when needed.
import { findProject, Profiles, type Project } from "../config/index.js";
import type { CommandContext } from "./command.js";
import { warn } from "./warn.js";

/** The profiles; repaired permissions are told as a warning. @throws LocalError of `Profiles.load` */
export function loadProfiles(context: CommandContext): Promise<Profiles> {
  return Profiles.load(context.env, (text) => warn(text, context));
}

/** The project's file, undefined when there is none. @throws UsageError `bad-project-file` */
export function loadProject(context: CommandContext): Promise<Project | undefined> {
  return findProject(context.cwd);
}
