// captures list: what came, the newest last.
import { capturesInOrder } from "../../captures/index.js";
import { table } from "../../terminal/index.js";
import type { DefineCommand } from "../command.js";
import { positiveInteger } from "../options/values.js";
import { captureHead, captureJson, captureRow } from "./line.js";
import { addFilterOptions, filterOf, type FilterOptions, storeFolder } from "./store-options.js";

const examples = `
Examples:
  $ misskey-hooks captures list                              the latest 20
  $ misskey-hooks captures list --since 10m --event mention --from alice
  $ misskey-hooks captures list --with-findings --limit 100
  $ misskey-hooks captures list --where 'event == "note" and not body.note.localOnly and count(findings) > 0'
  $ misskey-hooks captures list --unforwarded --json

An expression compares with ==, !=, <, <=, >, >=, in and not in; joins with and, or, not; and knows exists(), empty(),
count(), contains(), startsWith(), endsWith() and lower(). It may ask for event, eventId, hookId, status, ok, dialect,
bytes, redelivery, findings (a list of codes), reason, method, path, source, 'headers.x-name', server, userId and
body.… of the payload. A path that leads nowhere equals nothing.

With --json, a line each: {id, at, event, eventId, status, ok, dialect, bytes, redelivery, findings,
forwards: [{url, status, ms}]}.`;

export const define: DefineCommand = (command, context, action) => {
  addFilterOptions(command)
    .option("--limit <n>", "the latest so many (default: 20)", positiveInteger)
    .addHelpText("after", examples)
    .action(
      action(async (options: FilterOptions & { readonly limit?: number }) => {
        const { limit = 20 } = options;
        const filter = await filterOf(options, context);
        const captures = [...capturesInOrder(await storeFolder(options, context), filter, limit)];
        if (context.json) for (const capture of captures) context.result(captureJson(capture));
        else if (captures.length > 0)
          context.result(
            table(
              captureHead,
              captures.map((one) => captureRow(one, context)),
              context.columns,
            ),
          );
        else context.note("There are no such captures.");
        return "done";
      }),
    );
};
