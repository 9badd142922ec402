// drift: what changed between what was captured and what is known?
import {
  type Drift,
  findDrift,
  observeDeliveries,
  shapeOfDialect,
  type SourcedPayload,
} from "../../conformance/index.js";
import { UsageError } from "../../errors.js";
import { checkDelivery, type Dialect, resolveDialect } from "../../protocol/index.js";
import { readCapturesAt } from "../options/capture-files.js";
import type { CommandContext, DefineCommand } from "../command.js";
import { readStandard } from "./standard.js";
import { driftView } from "./view.js";
import { readDialect } from "../options/inputs.js";
import { collect } from "../options/values.js";
import { prepareReports, readReportTargets, reportFormats, takesOutput, writeReports } from "../output/reports.js";

const examples = `
Examples:
  $ misskey-hooks drift captures/                                    against the dialect that the captures speak
  $ misskey-hooks drift captures/ --against misskey@13.14            against another dialect or version
  $ misskey-hooks drift captures/ --against https://misskey.example  against what an instance says of itself
  $ misskey-hooks drift captures/today --against captures/before     against older captures

Captures are deliveries in files, as validate reads them: the JSON bodies, recordings with their headers, or one of
either a line. It answers: did the instance change what it sends? What will differ for my handler after an update?

What it shows, for each kind of object (Note, UserLite, …):
  new          a key that wasn't known: forks and releases add them, so this is worth a look, no more
  gone         a key that was always there, and isn't
  type         a value of another type
  nullability  null where there was none

Test deliveries (the test button's) are left out: they have keys of their own. Ends with 1 when there is any drift.`;

interface DriftOptions {
  against: string;
  as?: string;
  schemaFrom?: string;
  report?: string[];
}

interface DriftingPayload extends SourcedPayload {
  readonly dialect: string | null;
}

/** Real deliveries alone. */
async function readDeliveries(paths: readonly string[], context: CommandContext): Promise<DriftingPayload[]> {
  const captures = await readCapturesAt(paths, context);
  const deliveries = captures.flatMap(({ source, headers, payload }) => {
    const { origin, event, dialect } = checkDelivery({ headers, body: payload });
    return origin === "test-button" || event === null ? [] : [{ source, payload, dialect }];
  });
  if (deliveries.length > 0) return deliveries;
  throw new UsageError("nothing-to-compare", { paths });
}

/** The dialect that most of the deliveries speak. */
function dialectOf(deliveries: readonly DriftingPayload[]): Dialect {
  const counts = new Map<string, number>();
  for (const { dialect } of deliveries) if (dialect !== null) counts.set(dialect, (counts.get(dialect) ?? 0) + 1);
  const [most] = [...counts].toSorted(([, a], [, b]) => b - a);
  return resolveDialect(most?.[0] ?? "misskey");
}

export const define: DefineCommand = (command, context, action) => {
  command
    .description("Show what changed between captured deliveries and what is known of them.")
    .argument("<captures...>", "files or folders of deliveries; - for standard input")
    .option("--against <what>", "a dialect, an instance's URL, or a file or folder of older captures", "dialect")
    .option("--as <dialect>", "the dialect that the captures speak (default: the one that fits most of them)")
    .option("--schema-from <url|file>", "against this instance, by its URL, or its /api.json as a file")
    .option("--report <format[=file]>", `another report: ${reportFormats}; repeatable`, collect)
    .addHelpText("after", examples)
    .action(
      action(async (paths: string[], options: DriftOptions) => {
        const targets = readReportTargets(options.report, context.json);
        await prepareReports(targets, context);
        const deliveries = await readDeliveries(paths, context);
        const dialect = options.as === undefined ? dialectOf(deliveries) : await readDialect(options.as, context);
        const guide = shapeOfDialect(dialect);
        const older = (path: string): Promise<DriftingPayload[]> => readDeliveries([path], context);
        const shape = await readStandard(options, { guide, readDeliveries: older }, context);
        const drift: readonly Drift[] = findDrift(observeDeliveries(deliveries, guide), shape);
        const view = driftView({ ok: drift.length === 0, against: shape.title, captures: deliveries.length, drift });
        if (context.json) context.result(view.json());
        else if (!takesOutput(targets)) context.result(view.prettyOn(context.colour.result, context.columns));
        await writeReports(targets, view, context);
        return drift.length === 0 ? "done" : "fell-short";
      }),
    );
};
