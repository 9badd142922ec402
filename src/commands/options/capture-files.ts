// The deliveries in files and folders that a user names.
import { stat } from "node:fs/promises";
import { isAbsolute, relative, resolve, sep } from "node:path";
import { type Capture, findCaptureFiles, readCaptureBytes } from "../../captures/index.js";
import { UsageError } from "../../errors.js";
import type { CommandContext } from "../command.js";
import { readInput } from "./inputs.js";

/** From the working directory, unless it is elsewhere and was named by an absolute path. */
function asReported(file: string, typed: string, { cwd }: CommandContext): string {
  const below = relative(cwd, file);
  const isElsewhere = below === ".." || below.startsWith(`..${sep}`) || isAbsolute(below);
  return isElsewhere && isAbsolute(typed) ? file : below;
}

/**
 * The files that a path stands for, as reports name them: relative to the working directory, so that CI systems find
 * them in the repository. What was typed relative stays as it is; an absolute path that is not below it does too.
 */
export async function filesOf(path: string, context: CommandContext): Promise<string[]> {
  if (path === "-") return ["-"];
  const place = resolve(context.cwd, path);
  const isFolder = await stat(place).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
  if (!isFolder) return [isAbsolute(path) ? asReported(place, path, context) : path];
  const files = await findCaptureFiles(place);
  if (files.length > 0) return files.map((file) => asReported(file, path, context));
  throw new UsageError("nothing-to-validate", { path });
}

/**
 * Every delivery in the files and folders, in their order; `-` is standard input.
 * @throws UsageError `unreadable-file`, `nothing-to-validate` (a folder without any)
 */
export async function readCapturesAt(paths: readonly string[], context: CommandContext): Promise<Capture[]> {
  const captures: Capture[] = [];
  for (const path of paths) {
    for (const file of await filesOf(path, context)) {
      captures.push(...readCaptureBytes(await readInput(file, context), file));
    }
  }
  return captures;
}
