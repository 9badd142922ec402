// replay: sends captures again, byte for byte, and shows the answer beside the recorded one.
import { InvalidArgumentError } from "@commander-js/extra-typings";
import { addFilterOptions } from "../captures/store-options.js";
import type { DefineCommand } from "../command.js";
import { collect, collectStatuses, positiveInteger } from "../options/values.js";
import { changeOf } from "./change.js";
import { replayHelp } from "./help.js";
import { chooseCaptures } from "./choose.js";
import { replaySecret } from "./secret.js";
import { replayAll, type ReplayFlags } from "./run.js";
import { targetOf } from "./target.js";
import { ReplayView } from "./view.js";

/** How many times faster than it was recorded; infinite for no pauses. */
function speed(value: string): number {
  const factor = value === "max" ? Number.POSITIVE_INFINITY : /^\d+(\.\d+)?$/.test(value) ? Number(value) : Number.NaN;
  if (!(factor > 0)) throw new InvalidArgumentError("Expected max, or a factor such as 1 or 10.");
  return factor;
}

export const define: DefineCommand = (command, context, action) => {
  addFilterOptions(command.argument("[what]", "an id, last, last~2, a file of recordings, or an expression"))
    .description("Send captures again, byte for byte, and show the answer beside the recorded one.")
    .option("--limit <n>", "the latest so many of those chosen (default: all)", positiveInteger)
    .optionsGroup("Where to:")
    .option("--to <url>", "the handler (default: the project's url, else where it was handed on to)")
    .option("--secret [value]", "the secret to send; alone: MISSKEY_HOOKS_SECRET, or asks for it")
    .option("--secret-file <file>", "a file with the secret; - for standard input")
    .optionsGroup("How:")
    .option("--times <n>", "each so many times", positiveInteger, 1)
    .option("--concurrency <n>", "so many at once", positiveInteger, 1)
    .option(
      "--speed <factor>",
      "with the pauses of the recording: 1, 10 times faster, or max for none",
      speed,
      speed("max"),
    )
    .option("--expect <statuses>", "the answers that are right: 2xx (default), 204,409", collectStatuses)
    .optionsGroup("Changes:")
    .option("--set <path=value>", "change a value (JSON, else text); repeatable", collect)
    .option("--unset <path>", "remove a key; repeatable", collect)
    .option("--edit", "change the payload in $EDITOR first")
    .option("--new-event-id", "give each another eventId, to get past a handler's idempotency")
    .option("--same-event-id", "keep the eventId, to test that idempotency (default)")
    .addHelpText("after", replayHelp)
    .action(
      action(async (what: string | undefined, options: ReplayFlags) => {
        const chosen = await chooseCaptures(what, options, context);
        const target = await targetOf(options, context);
        const secret = await replaySecret(options, chosen, target, context);
        const change = await changeOf(options, chosen, context);
        const view = new ReplayView(context, chosen.captures.length * (options.times ?? 1));
        return replayAll({ chosen, target, secret, change, options, view }, context);
      }),
    );
};
