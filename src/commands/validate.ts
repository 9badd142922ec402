// validate: are these payloads what a server sends?
import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { type Capture, findCaptureFiles, readCaptures } from "../captures/index.js";
import { UsageError } from "../errors.js";
import { checkDelivery, type Dialect } from "../protocol/index.js";
import { prettyValidation, type ValidationResult, validationReport } from "../reporters/index.js";
import type { CommandContext, DefineCommand } from "./command.js";
import { readDialect, readInput } from "./inputs.js";
import { reportStyle } from "./report-style.js";

const examples = `
Examples:
  $ misskey-hooks validate payload.json              which server's is it, and is it right?
  $ misskey-hooks validate captures/ --as misskey    as strict as the present Misskey is
  $ misskey-hooks validate delivery.json --as misskey@12.119
  $ my-bot --dump-webhooks | misskey-hooks validate - --json

What it reads:
  an envelope            {"hookId": …, "type": "mention", "body": {…}}
  a recording            {"rawHeaders" or "headers": …, "body" or "bodyRaw": …}
  NDJSON                 one of either a line
  a folder               every .json, .ndjson and .jsonl file under it

Without --as, only what no known server sends is an error, and the narrowest dialect that fits is named.`;

/** The files that a path stands for, as the user would write them. */
async function filesOf(path: string, context: CommandContext): Promise<string[]> {
  if (path === "-") return ["-"];
  const isFolder = await stat(resolve(context.cwd, path)).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
  if (!isFolder) return [path];
  const files = await findCaptureFiles(resolve(context.cwd, path));
  if (files.length > 0) return files;
  throw new UsageError("nothing-to-validate", `There is no .json, .ndjson or .jsonl file in ${path}.`);
}

function validate(capture: Capture, as: Dialect | undefined): ValidationResult {
  const { source, headers, body, problems } = capture;
  if (body === undefined) return { source, event: null, dialect: null, origin: "event", ok: false, findings: problems };
  const { event, dialect, origin, ok, findings } = checkDelivery({ headers, body }, { as });
  return { source, event, dialect, origin, ok, findings: [...problems, ...findings] };
}

export const define: DefineCommand = (command, context, action) => {
  command
    .description("Check payloads against what servers really send.")
    .argument("<path...>", "files or folders; - for standard input")
    .option("--as <dialect>", "hold them to this dialect: misskey, misskey@12.119, iceshrimp, ./my-fork.json …")
    .option("--strict", "warnings count as errors")
    .addHelpText("after", examples)
    .action(
      action(async (paths: string[], options: { as?: string; strict?: true }) => {
        const as = options.as === undefined ? undefined : await readDialect(options.as, context);
        const results: ValidationResult[] = [];
        for (const path of paths) {
          for (const file of await filesOf(path, context)) {
            const text = (await readInput(file, context)).toString("utf8");
            results.push(...readCaptures(text, file).map((capture) => validate(capture, as)));
          }
        }
        const report = validationReport(results, options.strict === true);
        context.result(
          context.json
            ? JSON.stringify(report)
            : prettyValidation(report, reportStyle(context.colour.result), context.quiet),
        );
        return report.ok ? "done" : "fell-short";
      }),
    );
};
