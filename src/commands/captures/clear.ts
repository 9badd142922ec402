// captures clear: asks, then forgets captures for good.
import { clearStore } from "../../captures/index.js";
import { UsageError } from "../../errors.js";
import { createPrompter } from "../../terminal/index.js";
import type { CommandContext, DefineCommand } from "../command.js";
import { addStoreOption, type Moment, moment, storeFolder, type StoreOptions } from "./store-options.js";

interface ClearOptions extends StoreOptions {
  readonly olderThan?: Moment;
  readonly yes?: true;
}

const examples = `
Examples:
  $ misskey-hooks captures clear
  $ misskey-hooks captures clear --older-than 7d --yes`;

function confirm(folder: string, context: CommandContext): Promise<boolean> {
  const { stdin: input, terminal: output, signal } = context;
  return createPrompter({ input, output, signal }).yesOrNo(`Delete the captures in ${folder}?`, false);
}

export const define: DefineCommand = (command, context, action) => {
  addStoreOption(command)
    .option("--older-than <time>", "only what arrived before: 7d ago, or 2026-11-25", moment)
    .option("--yes", "don't ask")
    .addHelpText("after", examples)
    .action(
      action(async (options: ClearOptions) => {
        if (options.yes !== true && !context.interactive) throw new UsageError("captures-not-confirmed");
        const folder = await storeFolder(options, context);
        if (options.yes !== true && !(await confirm(folder, context))) {
          context.note("Not deleted.");
          return "done";
        }
        const { cleared, inUse } = clearStore(folder, options.olderThan?.(context.now()));
        if (context.json) context.result(JSON.stringify({ cleared, inUse }));
        else context.result(`Deleted ${cleared} ${cleared === 1 ? "capture" : "captures"}.`);
        if (inUse > 0) context.note(`${inUse} older ones are in the file that a running listen writes to; they stay.`);
        return "done";
      }),
    );
};
