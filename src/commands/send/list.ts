// `send --list`: what can be sent.
import { type Dialect, events } from "../../protocol/index.js";
import { listSamples } from "../../samples/index.js";
import { table } from "../../terminal/index.js";
import type { CommandContext } from "../command.js";

/** Prints every event with its variants, or those of one event; `--json` gives one array. */
export function printSamples(dialect: Dialect, event: string | undefined, context: CommandContext): void {
  const samples = listSamples(dialect).filter((sample) => event === undefined || sample.event === event);
  if (context.json) {
    context.result(JSON.stringify(samples));
    return;
  }
  const rows = samples.map(({ event: name, variant, description }, index) => [
    { text: samples[index - 1]?.event === name ? "" : name },
    { text: variant },
    { text: description, maxColumns: 80 },
  ]);
  context.result(table(["EVENT", "VARIANT", "WHAT IT IS"], rows));
  const never = events.filter(({ sent }) => !sent).map(({ name }) => name);
  if (event === undefined && !context.quiet) context.note(`Never sent by any server: ${never.join(", ")}.`);
}
