// `send --list`: what can be sent.
import { UsageError } from "../../errors.js";
import { type Dialect, events, resolveDialect } from "../../protocol/index.js";
import { listSamples, type SampleInfo } from "../../samples/index.js";
import { table } from "../../terminal/index.js";
import type { CommandContext } from "../command.js";
import { guessEvent } from "../options/event-names.js";

/** With a dialect what its servers send; without one what Misskey sends, and what some family alone has. */
function samplesOf(dialect: Dialect | undefined): readonly SampleInfo[] {
  if (dialect !== undefined) return listSamples(dialect);
  const common = listSamples(resolveDialect("misskey"));
  const known = new Set(common.map(({ event }) => event));
  const others = new Map<string, SampleInfo>();
  for (const sample of listSamples()) {
    if (!known.has(sample.event)) others.set(`${sample.event} ${sample.variant}`, sample);
  }
  return [...common, ...others.values()];
}

/**
 * Prints every event with its variants, or those of one event; `--json` gives one array.
 * @throws UsageError `unknown-event`
 */
export async function printSamples(
  dialect: Dialect | undefined,
  event: string | undefined,
  context: CommandContext,
): Promise<void> {
  const samples = samplesOf(dialect).filter((sample) => event === undefined || sample.event === event);
  if (event !== undefined && samples.length === 0) {
    const all = samplesOf(dialect).map((sample) => sample.event);
    throw new UsageError("unknown-event", { name: event, nearest: await guessEvent(event, all) });
  }
  if (context.json) {
    context.result(JSON.stringify(samples));
    return;
  }
  const rows = samples.map(({ event: name, variant, description, family }, index) => [
    { text: samples[index - 1]?.event === name ? "" : name },
    { text: variant },
    {
      text: `${description}${dialect === undefined && family !== undefined && !isCommon(name) ? ` (${family} alone)` : ""}`,
      maxColumns: 80,
    },
  ]);
  context.result(table(["EVENT", "VARIANT", "WHAT IT IS"], rows, context.columns));
  const never = events.filter(({ sent }) => !sent).map(({ name }) => name);
  if (event === undefined && !context.quiet) context.note(`No server known here sends ${never.join(", ")}.`);
}

function isCommon(event: string): boolean {
  return listSamples(resolveDialect("misskey")).some((sample) => sample.event === event);
}
