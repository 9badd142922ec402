// captures export: recordings as NDJSON, for a file, a colleague, another store.
import { resolve } from "node:path";
import { capturesInOrder, writeCapture } from "../../captures/index.js";
import { LocalError } from "../../errors.js";
import { createFile } from "../../files/index.js";
import { guardedJson } from "../../printable.js";
import type { CommandContext, DefineCommand } from "../command.js";
import { addFilterOptions, filterOf, type FilterOptions, storeFolder } from "./store-options.js";

const examples = `
Examples:
  $ misskey-hooks captures export mentions.ndjson --event mention
  $ misskey-hooks captures export - --since 1h | misskey-hooks validate -
  $ misskey-hooks captures export all.ndjson && misskey-hooks redact all.ndjson --output shared.ndjson

Bodies are byte for byte as they came; secrets aren't in it.`;

/** A file that exists is not written over: it may be the only copy. */
export async function writeNewFile(path: string, text: string, context: CommandContext): Promise<void> {
  try {
    await createFile(resolve(context.cwd, path), text, { mode: 0o600 });
  } catch (cause) {
    const { code = "", message } = cause as NodeJS.ErrnoException;
    throw code === "EEXIST"
      ? new LocalError("output-exists", { path }, { cause })
      : new LocalError("output-not-writable", { path, fault: { code, message } }, { cause });
  }
}

export const define: DefineCommand = (command, context, action) => {
  addFilterOptions(command.argument("<file>", "a new file; - for standard output"))
    .addHelpText("after", examples)
    .action(
      action(async (file: string, options: FilterOptions) => {
        const filter = await filterOf(options, context);
        const captures = capturesInOrder(await storeFolder(options, context), filter);
        if (file === "-") {
          for (const capture of captures) context.result(guardedJson(writeCapture(capture)));
          return "done";
        }
        const lines = Array.from(captures, (capture) => `${writeCapture(capture)}\n`);
        await writeNewFile(file, lines.join(""), context);
        if (context.json) context.result(JSON.stringify({ file, captures: lines.length }));
        else context.result(`Exported ${lines.length} ${lines.length === 1 ? "capture" : "captures"} to ${file}.`);
        return "done";
      }),
    );
};
