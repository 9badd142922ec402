// The deliveries in files and folders that a user names.
import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { type Capture, findCaptureFiles, readCaptureBytes } from "../../captures/index.js";
import { UsageError } from "../../errors.js";
import type { CommandContext } from "../command.js";
import { readInput } from "./inputs.js";

/** The files that a path stands for, as the user would write them. */
export async function filesOf(path: string, context: CommandContext): Promise<string[]> {
  if (path === "-") return ["-"];
  const isFolder = await stat(resolve(context.cwd, path)).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
  if (!isFolder) return [path];
  const files = await findCaptureFiles(resolve(context.cwd, path));
  if (files.length > 0) return files;
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
