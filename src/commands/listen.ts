// listen: receive deliveries here, until Ctrl-C, a number of them, or a time.
import type { Outcome } from "../errors.js";
import { createReceiver, DeliveryTally, type Receiver } from "../receiver/index.js";
import type { DefineCommand } from "./command.js";
import { readDialect } from "./inputs.js";
import { collectSecrets, listenSecrets, remarksOnSecrets } from "./listen-secrets.js";
import { type EndReason, ListenView, remarksOnEvents, remarksOnHost } from "./listen-view.js";
import { collectList, durationMs, port, positiveInteger, sizeBytes, urlPath } from "./options.js";

const examples = `
Examples:
  $ misskey-hooks listen                                   on http://127.0.0.1:4649/, with a secret made up
  $ misskey-hooks listen --secret old --secret new         both count, while a secret is rotated
  $ misskey-hooks listen --as misskey --strict             as strict as can be: 422 for what Misskey doesn't send
  $ misskey-hooks listen --count 1 --timeout 30s --on mention --json     for scripts

Without --path every path is answered, with it that one alone.

How a request is answered, the first that applies:
  404 another path              405 not a POST        415 neither JSON nor text/plain
  413 over --max-body           401 secret missing or wrong
  400 not JSON                  422 errors found, with --strict         204 everything else
  (400, 408 and 431 also for what is no HTTP, too slow, or has too many headers)

How it ends:
  0   --count was reached, and nothing was rejected, unexpected or had errors
  1   something was
  3   --timeout ran out before --count deliveries came, or any without --count
  130 Ctrl-C

With --json, the first line is {"kind":"ready","url":…}, with "secret" when it was made up; then one
{"kind":"delivery",…} for each, and {"kind":"end","reason":"count|timeout|signal","counts":…}.
With --quiet, only deliveries that were rejected or have findings are told.`;

interface Flags {
  readonly port: number;
  readonly host: string;
  readonly path?: string;
  readonly maxBody?: number;
  readonly secret?: string[] | true;
  readonly secretFile?: string;
  readonly as?: string;
  readonly strict?: true;
  readonly on?: string[];
  readonly count?: number;
  readonly timeout?: number;
}

interface Limits {
  readonly count: number | undefined;
  readonly timeoutMs: number | undefined;
  readonly signal: AbortSignal;
}

/** Resolves when there is a reason to end. */
function reasonToEnd(receiver: Receiver, tally: DeliveryTally, limits: Limits): Promise<EndReason> {
  const { count = Number.POSITIVE_INFINITY, timeoutMs, signal } = limits;
  return new Promise((resolve) => {
    if (signal.aborted) resolve("signal");
    signal.addEventListener("abort", () => resolve("signal"), { once: true });
    // The server keeps the program alive; a timer that is left over must not.
    if (timeoutMs !== undefined) setTimeout(() => resolve("timeout"), timeoutMs).unref();
    receiver.on("delivery", () => {
      if (tally.deliveries >= count) resolve("count");
    });
  });
}

function outcomeOf(reason: EndReason, tally: DeliveryTally, count = 1): Outcome {
  if (!tally.ok) return "fell-short";
  return reason === "timeout" && tally.deliveries < count ? "unreachable" : "done";
}

export const define: DefineCommand = (command, context, action) => {
  command
    .description("Receive webhooks here, and say what is right and wrong with them.")
    .optionsGroup("Server:")
    .option("--port <port>", "where it listens; 0 for any free port", port, 4649)
    .option("--host <address>", "the address it listens on", "127.0.0.1")
    .option("--path <path>", "the one path to answer at; every path without it", urlPath)
    .option("--max-body <size>", "the largest body to take, e.g. 64KiB (default: 1MiB)", sizeBytes)
    .optionsGroup("Secret:")
    .option(
      "--secret [value]",
      "the hook's secret, repeatable; without a value from MISSKEY_HOOKS_SECRET, or asked for",
      collectSecrets,
    )
    .option("--secret-file <path>", "read a secret from a file; - for standard input")
    .optionsGroup("Judgement:")
    .option("--as <dialect>", "take this dialect alone: misskey, misskey@12.119, iceshrimp, ./my-fork.json …")
    .option("--strict", "answer 422 to what has errors, instead of accepting and reporting it")
    .option("--on <events>", "the events that should come, e.g. mention,reply; others are reported", collectList)
    .optionsGroup("End:")
    .option("--count <n>", "end after this many deliveries, rejected ones included", positiveInteger)
    .option("--timeout <duration>", "end after this time: 30s, 2m", durationMs)
    .addHelpText("after", examples)
    .action(
      action(async (flags: Flags) => {
        const secrets = await listenSecrets(flags, context);
        const receiver = createReceiver({
          secrets: secrets.accepted,
          path: flags.path,
          as: flags.as === undefined ? undefined : await readDialect(flags.as, context),
          maxBodyBytes: flags.maxBody,
          strict: flags.strict,
          expectedEvents: flags.on,
          now: () => context.now(),
        });
        const tally = new DeliveryTally();
        const view = new ListenView(context);
        receiver.on("delivery", (event, request) => {
          tally.add(event);
          view.delivery(event, request);
        });
        const { url } = await receiver.listen(flags);
        const remarks = [
          ...remarksOnHost(flags.host),
          ...remarksOnSecrets(secrets.accepted),
          ...remarksOnEvents(flags.on ?? []),
        ];
        view.ready({ url, generated: secrets.generated, as: flags.as, remarks });
        const { count, timeout: timeoutMs } = flags;
        const reason = await reasonToEnd(receiver, tally, { count, timeoutMs, signal: context.signal });
        await receiver.close();
        view.end(reason, tally.counts);
        return outcomeOf(reason, tally, count);
      }),
    );
};
