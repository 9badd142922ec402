// check: plays an instance against a handler and says what would go wrong in production.
import { Option } from "@commander-js/extra-typings";
import { levels } from "../../conformance/index.js";
import { checkReport } from "../../reporters/index.js";
import { printable } from "../../terminal/index.js";
import { readBaseline, staleEntries, writeBaseline } from "./baseline.js";
import { explainChecks } from "./explain.js";
import { type CheckOptions, readCheckRequest } from "./request.js";
import { checkRow, withoutSecret } from "./rows.js";
import { performChecks } from "./run.js";
import { refuseUntested } from "./untested.js";
import { checkView, reportableChecks } from "./view.js";
import type { DefineCommand } from "../command.js";
import { collect, collectList, oneOf, port, positiveDurationMs } from "../options/values.js";
import { caFileOption, insecureOption } from "../options/trust.js";
import { prepareReports, readReportTargets, reportFormats, takesOutput, writeReports } from "../output/reports.js";

const examples = `
Examples:
  $ misskey-hooks check http://127.0.0.1:3000/hook --secret-file secret.txt --on note,mention
  $ MISSKEY_HOOKS_SECRET=… misskey-hooks check http://127.0.0.1:3000/hook --start 'npm run dev'
  $ misskey-hooks check http://127.0.0.1:3000/hook --only secret --require-rejection
  $ misskey-hooks check http://127.0.0.1:3000/hook --observe http://127.0.0.1:3000/count
  $ misskey-hooks check http://127.0.0.1:3000/hook --outbound --text '#crosspost hello'
  $ misskey-hooks check --explain tolerates.null-text      what it sends, why it matters, how to fix it
  $ misskey-hooks check --explain all

How it judges:
  a real event          must be answered with a 2xx within 5 s: a 4xx loses it, a 5xx or silence has it sent again
  a wrong secret        401 is right, another 4xx is fine, a 5xx or silence is not; a 2xx that looks like acceptance
                        proves nothing (?), and is an error with --require-rejection, or where another is refused
  anything else         (unknown events, broken JSON) may be ignored or refused, but must not upset the handler

It sends about a hundred deliveries, with made-up content, to the handler alone. Run it against a development setup: a
handler that acts on what it gets will act on these.

A run takes a few seconds. A slow handler gets fewer deliveries, and what doesn't fit into --max-time is skipped: the
summary says so, and --json has "stoppedEarly": true.

Ends with 0 when nothing failed, 1 when something did or nobody can tell what comes of a wrong secret, 2 when nothing was
tested or no secret was given (--secret '' for a hook without one), 3 when there is no handler. What was skipped is no
failure.`;

export const define: DefineCommand = (command, context, action) => {
  command
    .description("Play an instance against a handler, and say what would go wrong in production.")
    .argument("[url]", "the handler's URL")
    .optionsGroup("The hook:")
    .option("--secret [value]", "its secret; alone: MISSKEY_HOOKS_SECRET, or asks for it (default: none)")
    .option("--secret-file <file>", "a file with the secret; - for standard input")
    .option("--on <events>", "the events it is registered for (default: all of a user's); repeatable", collectList)
    .option("--as <dialect>", "as which server: misskey, misskey@12.119, iceshrimp, ./my-fork.json …", "misskey")
    .option("--server <url>", "the sending server's origin")
    .option("--hook-id <id>", "the hook's id")
    .option("--user-id <id>", "the id of the hook's owner")
    .addOption(caFileOption())
    .addOption(insecureOption("secret"))
    .optionsGroup("Which checks:")
    .option("--level <name>", "basic, standard, or strict, where warnings fail too", oneOf(...levels), "standard")
    .option("--only <ids>", "these checks or themes alone: secret, tolerates.null-text …", collectList)
    .option("--skip <ids>", "not these checks or themes", collectList)
    .addOption(
      new Option("--max-time <duration>", "skip what doesn't fit into this time; slow handlers need more")
        .argParser(positiveDurationMs)
        .default(55_000, "55s"),
    )
    .option("--require-rejection", "a wrong secret must be told apart from the right one")
    .option("--explain <id>", "explain a check, a theme or all of them instead")
    .optionsGroup("Seeing what it does:")
    .option("--text <text>", "what notes say, for a handler that acts on a tag or a command alone")
    .option("--observe <url>", "a counter of the handler's: a GET answers how often it has acted")
    .option("--outbound [port]", "open a sink on 127.0.0.1 to point the handler's own calls at (default: 4650)", port)
    .optionsGroup("Starting the handler:")
    .option("--start <command>", "run this for the time of the checks, e.g. 'npm run dev'")
    .option("--wait-on <url>", "wait until this URL answers (default: the handler's)")
    .addOption(
      new Option("--start-timeout <duration>", "how long to wait for it")
        .argParser(positiveDurationMs)
        .default(60_000, "1m"),
    )
    .optionsGroup("Results:")
    .option("--report <format[=file]>", `another report: ${reportFormats}; repeatable`, collect)
    .option("--baseline <file>", "findings that are known and don't fail the run")
    .option("--update-baseline", "write this run's findings to the baseline file")
    .addHelpText("after", examples)
    .action(
      action(async (url: string | undefined, options: CheckOptions) => {
        if (options.explain !== undefined) {
          explainChecks(options.explain, context);
          return "done";
        }
        const request = await readCheckRequest(url, options, context);
        const targets = readReportTargets(options.report, context.json);
        await prepareReports(targets, context);
        const baseline = await readBaseline(options.baseline, options.updateBaseline === true, context);
        const weighing = { level: options.level, secret: request.secret, baseline };
        const isSilent = context.json || takesOutput(targets);
        const view = checkView(context, isSilent);
        const { results, stoppedEarly } = await performChecks(request, options, context, (result) =>
          view.show(checkRow(result, weighing)),
        );
        const report = checkReport(
          results.map((result) => checkRow(result, weighing)),
          {
            url: withoutSecret(request.url.href, request.secret),
            level: options.level,
            stopReason: stoppedEarly ? [stoppedEarly.reason, stoppedEarly.hint].filter(Boolean).join(" ") : null,
          },
        );
        if (context.json) context.result(JSON.stringify(report));
        view.end(report);
        const tookMs = new Map(results.map(({ check, tookMs: ms }) => [check.id, ms]));
        await writeReports(targets, reportableChecks(report, tookMs), context);
        if (options.baseline !== undefined && options.updateBaseline === true) {
          await writeBaseline(options.baseline, report, context);
          return "done";
        }
        const stale = staleEntries(baseline, report);
        if (stale.length > 0) context.note(`No longer needed in the baseline: ${printable(stale.join(", "))}.`);
        refuseUntested(report, request);
        return report.ok ? "done" : "fell-short";
      }),
    );
};
