// validate: are these payloads what a server sends?
import type { Capture } from "../captures/index.js";
import type { InstanceSchema } from "../conformance/index.js";
import { checkDelivery, type Dialect } from "../protocol/index.js";
import {
  ndjsonOfValidation,
  prettyValidation,
  reportOfValidation,
  type ValidationReport,
  type ValidationResult,
  validationReport,
} from "../reporters/index.js";
import { readCapturesAt } from "./options/capture-files.js";
import type { CommandContext, DefineCommand } from "./command.js";
import { readDialect } from "./options/inputs.js";
import { collect } from "./options/values.js";
import {
  prepareReports,
  readReportTargets,
  type Reportable,
  reportFormats,
  takesOutput,
  writeReports,
} from "./output/reports.js";
import { reportStyle } from "./output/style.js";

const examples = `
Examples:
  $ misskey-hooks validate payload.json              which server's is it, and is it right?
  $ misskey-hooks validate captures/ --as misskey    as strict as the present Misskey is
  $ misskey-hooks validate delivery.json --as misskey@12.119
  $ misskey-hooks validate captures/ --schema-from https://misskey.example   what that instance says of itself
  $ misskey-hooks validate captures/ --report junit=report.xml --report github
  $ my-bot --dump-webhooks | misskey-hooks validate - --json

What it reads:
  an envelope            {"hookId": …, "type": "mention", "body": {…}}
  a recording            {"rawHeaders" or "headers": …, "body" or "bodyRaw": …}
  NDJSON                 one of either a line
  a folder               every .json, .ndjson and .jsonl file under it

Without --as, only what no known server sends is an error, and the narrowest dialect that fits is named.`;

function validate(capture: Capture, as: Dialect | undefined, schema: InstanceSchema | undefined): ValidationResult {
  const { source, headers, payload, problems } = capture;
  if (payload === undefined)
    return { source, event: null, dialect: null, origin: "event", ok: false, findings: problems };
  const { event, dialect, origin, ok, findings } = checkDelivery({ headers, body: payload }, { as });
  const all = [...problems, ...findings, ...(schema?.check(payload) ?? [])];
  return { source, event, dialect, origin, ok, findings: all };
}

/** The schema compiler takes a while to load, and most runs don't need it. */
async function instanceSchema(from: string | undefined, context: CommandContext): Promise<InstanceSchema | undefined> {
  if (from === undefined) return undefined;
  const [{ compileInstanceSchema }, { readSchema }] = await Promise.all([
    import("../conformance/index.js"),
    import("./options/schema-source.js"),
  ]);
  return compileInstanceSchema(await readSchema(from, context));
}

function reportable(report: ValidationReport): Reportable {
  return {
    report: reportOfValidation(report),
    pretty: () => prettyValidation(report, reportStyle(false)),
    json: () => JSON.stringify(report),
    ndjson: () => ndjsonOfValidation(report),
  };
}

interface ValidateOptions {
  as?: string;
  strict?: true;
  schemaFrom?: string;
  report?: string[];
}

export const define: DefineCommand = (command, context, action) => {
  command
    .description("Check payloads against what servers really send.")
    .argument("<path...>", "files or folders; - for standard input")
    .option("--as <dialect>", "hold them to this dialect: misskey, misskey@12.119, iceshrimp, ./my-fork.json …")
    .option("--strict", "warnings count as errors")
    .option(
      "--schema-from <url|file>",
      "hold them also to an instance's own schema: its URL, or its /api.json as a file",
    )
    .option("--report <format[=file]>", `another report: ${reportFormats}; repeatable`, collect)
    .addHelpText("after", examples)
    .action(
      action(async (paths: string[], options: ValidateOptions) => {
        const targets = readReportTargets(options.report, context.json);
        await prepareReports(targets, context);
        const as = options.as === undefined ? undefined : await readDialect(options.as, context);
        const schema = await instanceSchema(options.schemaFrom, context);
        const captures = await readCapturesAt(paths, context);
        const report = validationReport(
          captures.map((capture) => validate(capture, as, schema)),
          options.strict === true,
        );
        const pretty = (): string => prettyValidation(report, reportStyle(context.colour.result), context.quiet);
        if (context.json) context.result(JSON.stringify(report));
        else if (!takesOutput(targets)) context.result(pretty());
        await writeReports(targets, reportable(report), context);
        return report.ok ? "done" : "fell-short";
      }),
    );
};
