// captures tail: what is kept from now on, as it comes, from whichever run of listen.
import { type CaptureLine, capturesInOrder, isMeant, StoreFollower, type StoredCapture } from "../../captures/index.js";
import { tableRows } from "../../terminal/index.js";
import type { CommandContext, DefineCommand } from "../command.js";
import { wholeNumber } from "../options/values.js";
import { captureHead, captureJson, captureRow } from "./line.js";
import { addFilterOptions, filterOf, type FilterOptions, storeFolder } from "./store-options.js";

const examples = `
Examples:
  $ misskey-hooks captures tail
  $ misskey-hooks captures tail --lines 0 --event mention --json

With --json, the lines of \`captures list\`. It ends with Ctrl-C.`;

const pauseMs = 200;

function show(captures: readonly StoredCapture[], context: CommandContext): void {
  if (captures.length === 0) return;
  if (context.json) for (const capture of captures) context.result(captureJson(capture));
  else {
    const rows = captures.map((capture) => captureRow(capture, context));
    context.result(tableRows(captureHead, rows, context.columns));
  }
}

function capturesOf(lines: readonly CaptureLine[]): StoredCapture[] {
  return lines.flatMap((line) => (line.kind === "capture" ? [line.capture] : []));
}

/** Resolves after a pause; at once when it is told to stop. */
function nextLook(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, pauseMs);
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    }
    signal.addEventListener("abort", done);
    if (signal.aborted) done();
  });
}

export const define: DefineCommand = (command, context, action) => {
  addFilterOptions(command)
    .option("--lines <n>", "begin with the latest so many (default: 10)", wholeNumber)
    .addHelpText("after", examples)
    .action(
      action(async (options: FilterOptions & { readonly lines?: number }) => {
        const folder = await storeFolder(options, context);
        const filter = await filterOf(options, context);
        const latest = [...capturesInOrder(folder, filter, options.lines ?? 10)];
        const follower = new StoreFollower(folder);
        show(latest, context);
        while (!context.signal.aborted) {
          show(
            capturesOf(follower.look()).filter((capture) => isMeant(capture, filter)),
            context,
          );
          await nextLook(context.signal);
        }
        return "interrupted";
      }),
    );
};
