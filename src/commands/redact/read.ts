// The recordings that `redact` is given: files with their form, so that each comes out in the form it had.
import { stat } from "node:fs/promises";
import { relative, resolve } from "node:path";
import { capturesInOrder, splitRecordings, writeCapture } from "../../captures/index.js";
import { UsageError } from "../../errors.js";
import type { CommandContext } from "../command.js";
import { filesOf } from "../options/capture-files.js";
import { readInput } from "../options/inputs.js";

export interface RecordingFile {
  /** As the user would write it. */
  readonly path: string;
  /** Below the folder that was named; undefined for a file that was named itself. */
  readonly below: string | undefined;
  /** One JSON value, rather than one a line. */
  readonly isOne: boolean;
  readonly recordings: readonly unknown[];
}

async function readOne(path: string, below: string | undefined, context: CommandContext): Promise<RecordingFile> {
  const text = (await readInput(path, context)).toString("utf8");
  const found = splitRecordings(text, { withUpdates: true });
  if (typeof found === "number") throw new UsageError("no-recording", { file: path, line: found });
  const isOne = found.length === 1 && text.trim().includes("\n");
  return { path, below, isOne, recordings: found.map((one) => JSON.parse(one) as unknown) };
}

/** @throws UsageError `nothing-to-redact`, `no-recording`, `unreadable-file`, and those of a store */
export async function readRecordings(
  paths: readonly string[],
  store: string | undefined,
  context: CommandContext,
): Promise<RecordingFile[]> {
  if (store !== undefined) {
    const captures = [...capturesInOrder(resolve(context.cwd, store))];
    const recordings = captures.map((capture) => JSON.parse(writeCapture(capture)) as unknown);
    return [{ path: store, below: undefined, isOne: false, recordings }];
  }
  if (paths.length === 0) throw new UsageError("nothing-to-redact");
  const files: RecordingFile[] = [];
  for (const path of paths) {
    const folder = resolve(context.cwd, path);
    const isFolder = path !== "-" && (await stat(folder).catch(() => undefined))?.isDirectory() === true;
    for (const file of await filesOf(path, context)) {
      files.push(await readOne(file, isFolder ? relative(folder, resolve(context.cwd, file)) : undefined, context));
    }
  }
  return files;
}
