// redact: reads all, and then writes all.
import { randomBytes } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { Pseudonyms, redactRecording } from "../../captures/index.js";
import { type Outcome, UsageError } from "../../errors.js";
import { replaceFile } from "../../files/index.js";
import { guardedJson } from "../../printable.js";
import { writeNewFile } from "../captures/export.js";
import type { CommandContext } from "../command.js";
import { readRecordings, type RecordingFile } from "./read.js";

/** As commander hands them over. */
export interface RedactOptions {
  readonly captures?: string;
  readonly output?: string;
  readonly inPlace?: true;
  readonly key?: string;
  readonly check?: true;
  readonly against?: string[];
}

function textOf({ isOne, recordings }: RecordingFile, names: Pseudonyms): string {
  const redacted = recordings.map((recording) => redactRecording(recording, names));
  return redacted.map((one) => `${isOne ? JSON.stringify(one, null, 2) : JSON.stringify(one)}\n`).join("");
}

/** @throws UsageError `conflicting-outputs`, `output-needed`, and those of `readRecordings`; LocalError of writing */
export async function rewrite(
  paths: readonly string[],
  options: RedactOptions,
  context: CommandContext,
): Promise<Outcome> {
  const { captures, output, inPlace, key } = options;
  if (inPlace && (output !== undefined || captures !== undefined)) throw new UsageError("conflicting-outputs");
  const files = await readRecordings(paths, captures, context);
  const hasFolders = files.some(({ below }) => below !== undefined);
  if (hasFolders && output === undefined && !inPlace) throw new UsageError("output-needed");
  const names = new Pseudonyms(key ?? randomBytes(32));
  const texts = files.map((file) => ({ ...file, text: textOf(file, names) }));
  if (output !== undefined && !hasFolders) {
    await writeNewFile(output, texts.map(({ text }) => text).join(""), context);
  } else {
    for (const { path, below, text } of texts) {
      if (inPlace) await replaceFile(resolve(context.cwd, path), text);
      else if (output === undefined) context.result(guardedJson(text.trimEnd()));
      else {
        const target = join(resolve(context.cwd, output), below ?? path);
        await mkdir(dirname(target), { recursive: true });
        await writeNewFile(target, text, context);
      }
    }
  }
  const count = files.reduce((sum, { recordings }) => sum + recordings.length, 0);
  const where = inPlace ? "in place" : `to ${output}`;
  if (inPlace || output !== undefined) {
    if (context.json) context.result(JSON.stringify({ files: files.length, recordings: count }));
    else context.note(`Redacted ${count} ${count === 1 ? "recording" : "recordings"} ${where}.`);
  }
  return "done";
}
