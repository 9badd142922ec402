// send: fires a sample event at a URL, with the bytes, headers and habits of a real server.
import { InvalidArgumentError, Option } from "@commander-js/extra-typings";
import { UsageError } from "../../errors.js";
import { printable } from "../../terminal/index.js";
import { caFileOption, insecureOption } from "../options/trust.js";
import type { DefineCommand } from "../command.js";
import { readDialect } from "../options/inputs.js";
import { collect, collectHeaders, positiveDurationMs, positiveInteger, positiveNumber } from "../options/values.js";
import { isLocalAddress } from "../options/target.js";
import { planRequests } from "./request.js";
import { projectDefaults } from "../options/settings.js";

const defaultUrl = "http://127.0.0.1:4649/";

/** Misskey 2026.3.2 waited 4988 to 5002 ms for a receiver. */
const defaultTimeoutMs = 5000;

const examples = `
Examples:
  $ misskey-hooks send mention                            to ${defaultUrl}, where \`listen\` is
  $ misskey-hooks send mention http://127.0.0.1:3000/hook --secret-file secret.txt
  $ misskey-hooks send note --variant files-only          what else there is: send --list
  $ misskey-hooks send reply --set note.text="hello" --set note.user.username=carol
  $ misskey-hooks send follow --as iceshrimp              as another server, or version: misskey@12.119, ./my-fork.json
  $ misskey-hooks send renote --retry --time-scale 1000   the real schedule of attempts, a thousand times faster
  $ misskey-hooks send note --times 1000 --concurrency 64
  $ misskey-hooks send mention --dry-run=curl             a command to paste elsewhere
  $ misskey-hooks send mention --data body.json           your own bytes, with a server's headers

Ends with 0 on a 2xx, 1 on another answer, 3 without one (nobody there, too late, hung up), 2 if the call can't be used.

With --json, one object: {ok, event, variant, dialect, eventId, url, request: {headers, bytes}, attempts: [{n, status,
ms, error?, redirects?}], outcome}, where outcome is delivered, refused or failed. With --times, one such line per event
with kind "delivery", then one with kind "end", counts and latencyMs. Secrets are masked.`;

function dryRunFormat(value: string): "http" | "curl" {
  if (value === "http" || value === "curl") return value;
  throw new InvalidArgumentError("Write --dry-run or --dry-run=curl, after the URL.");
}

export const define: DefineCommand = (command, context, action) => {
  command
    .description("Fire a sample event at a URL, with the bytes, headers and habits of a real server.")
    .argument("[event]", "note, reply, renote, mention, follow, followed, unfollow, … (--list)")
    .argument("[url]", `where to (default: the project's, else ${defaultUrl})`)
    .optionsGroup("What is sent:")
    .option("--list", "list the events and their variants instead")
    .option("--variant <name>", "another variant of the event")
    .option(
      "--as <dialect>",
      "as which server: misskey, misskey@12.119, iceshrimp, ./my-fork.json … (default: misskey, or the family that alone has the event)",
    )
    .option("--secret [value]", "the hook's secret; alone: MISSKEY_HOOKS_SECRET, or asks for it (default: none)")
    .option("--secret-file <file>", "a file with the secret; - for standard input")
    .option("--set <path=value>", "change a value (JSON, else text); repeatable", collect)
    .option("--unset <path>", "remove a key; repeatable", collect)
    .option("--merge <file>", "merge a JSON object into the envelope (RFC 7396); - for standard input")
    .option("--force", "take paths and events that no server sends")
    .addOption(
      new Option("--data <file>", "a body of your own, byte for byte; - for standard input").conflicts([
        "set",
        "unset",
        "merge",
        "variant",
        "userId",
        "seed",
      ]),
    )
    .option("--header <name: value>", "add or replace a header; repeatable", collectHeaders)
    .option("--hook-id <id>", "the hook's id")
    .option("--user-id <id>", "the id of the hook's owner")
    .option("--server <url>", "the server that it comes from (default: https://misskey.example)")
    .option("--seed <text>", "the same ids, times and jitter every time")
    .optionsGroup("How it is sent:")
    .addOption(
      new Option("--timeout <duration>", "for an attempt, as 500ms, 5s, 2m")
        .argParser(positiveDurationMs)
        .default(defaultTimeoutMs, "5s"),
    )
    .option("--retry", "try again as the server does, on its schedule")
    .option("--time-scale <factor>", "divide the waits of the schedule by this", positiveNumber, 1)
    .option("--no-redirect", "take a redirect as the answer; servers follow it, with the secret")
    .addOption(caFileOption())
    .addOption(insecureOption("secret"))
    .option("--times <n>", "send so many events", positiveInteger, 1)
    .option("--concurrency <n>", "so many at once", positiveInteger, 1)
    .addOption(
      new Option("--dry-run [format]", "show the request, or a command that sends it (curl), instead")
        .preset("http")
        .argParser(dryRunFormat),
    )
    .addHelpText("after", examples)
    .action(
      action(async (event, url, { list, dryRun, ...flags }) => {
        const project = await projectDefaults(context);
        const options = project.dialect === undefined ? flags : { ...flags, as: flags.as ?? project.dialect };
        if (list === true) {
          const { printSamples } = await import("./list.js");
          const dialect = options.as === undefined ? undefined : await readDialect(options.as, context);
          await printSamples(dialect, event, context);
          return "done";
        }
        if (event === undefined || /^https?:/.test(event) || isLocalAddress(event)) {
          throw new UsageError("missing-event");
        }
        const plan = await planRequests(event, url ?? project.url ?? defaultUrl, options, context);
        if (!context.json && !context.quiet)
          for (const remark of plan.remarks) context.note(`note: ${printable(remark)}`);
        if (dryRun !== undefined) {
          const { showRequest } = await import("./dry-run.js");
          return showRequest(plan, dryRun, options.data, context);
        }
        const { sendEvents } = await import("./delivery.js");
        return sendEvents(plan, options, context);
      }),
    );
};
