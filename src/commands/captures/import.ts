// captures import: recordings of a file or folder into the store.
import { importCaptures, splitRecordings, type StoredCapture } from "../../captures/index.js";
import { UsageError } from "../../errors.js";
import { checkDelivery } from "../../protocol/index.js";
import { payloadOf } from "../../captures/index.js";
import type { CommandContext, DefineCommand } from "../command.js";
import { filesOf } from "../options/capture-files.js";
import { readInput } from "../options/inputs.js";
import { addStoreOption, storeFolder, type StoreOptions } from "./store-options.js";

const examples = `
Examples:
  $ misskey-hooks captures import mentions.ndjson
  $ misskey-hooks captures import fixtures/recorded/misskey@2026.3.2/deliveries
  $ ssh server misskey-hooks captures export - | misskey-hooks captures import -

What is there already is passed over.`;

/** For recordings that don't say what a receiver made of them: what it would find, and no answer. */
function judge(capture: StoredCapture): StoredCapture["facts"] {
  const { ok, event, eventId, hookId, dialect, findings } = checkDelivery({
    headers: capture.delivery.headers,
    body: payloadOf(capture),
  });
  return { ...capture.facts, status: null, ok, event, eventId, hookId, dialect, findings };
}

async function readRecordings(paths: readonly string[], context: CommandContext): Promise<string[]> {
  const texts: string[] = [];
  for (const path of paths) {
    for (const file of await filesOf(path, context)) {
      const found = splitRecordings((await readInput(file, context)).toString("utf8"));
      if (typeof found === "number") throw new UsageError("no-recording", { file, line: found });
      texts.push(...found);
    }
  }
  return texts;
}

export const define: DefineCommand = (command, context, action) => {
  addStoreOption(command.argument("<path...>", "files or folders of recordings; - for standard input"))
    .addHelpText("after", examples)
    .action(
      action(async (paths: string[], options: StoreOptions) => {
        const texts = await readRecordings(paths, context);
        const folder = await storeFolder(options, context);
        const counts = await importCaptures(
          folder,
          texts.map((text) => ({ text, judge })),
        );
        const { imported, known, lost } = counts;
        if (context.json) context.result(JSON.stringify(counts));
        else
          context.result(
            `Imported ${imported}${known > 0 ? `, ${known} were there already` : ""}${lost > 0 ? `, ${lost} couldn't be kept` : ""}.`,
          );
        return lost > 0 ? "local" : "done";
      }),
    );
};
