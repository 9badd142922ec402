// captures show: one capture, to read, or as something that another tool takes.
import { type StoredCapture, findCapture } from "../../captures/index.js";
import { guardedJson, printableLines } from "../../printable.js";
import type { CommandContext, DefineCommand } from "../command.js";
import { oneOf } from "../options/values.js";
import { addStoreOption, storeFolder, type StoreOptions } from "./store-options.js";

const formats = ["pretty", "json", "curl", "http", "har"] as const;
type Format = (typeof formats)[number];

const examples = `
Examples:
  $ misskey-hooks captures show last
  $ misskey-hooks captures show last~2 --as json
  $ misskey-hooks captures show c33f --as curl        a beginning of the id suffices

Formats: pretty (default), json (the recording as it is kept), curl (a command that sends it; the secret comes from
MISSKEY_HOOKS_SECRET), http (the request), har (for browsers' tools). No format has a secret in it.`;

async function textOf(capture: StoredCapture, format: Format, context: CommandContext): Promise<string> {
  if (format === "pretty") return (await import("./pretty.js")).prettyCapture(capture, context);
  return (await import("./formats.js")).captureAs(capture, format, context);
}

export const define: DefineCommand = (command, context, action) => {
  addStoreOption(command.argument("<id>", "an id, a beginning of one, last, or last~2"))
    .option("--as <format>", `as ${formats.join(", ")}`, oneOf(...formats))
    .addHelpText("after", examples)
    .action(
      action(async (name: string, options: StoreOptions & { readonly as?: Format }) => {
        const capture = findCapture(await storeFolder(options, context), name);
        const format = options.as ?? (context.json ? "json" : "pretty");
        const text = await textOf(capture, format, context);
        context.result(format === "json" || format === "har" ? guardedJson(text) : printableLines(text));
        return "done";
      }),
    );
};
