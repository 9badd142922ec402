// listen: receive deliveries here, until Ctrl-C, a number of them, or a time.
import { Option } from "@commander-js/extra-typings";
import type { Outcome } from "../errors.js";
import { DeliveryTally } from "../receiver/index.js";
import type { DefineCommand } from "./command.js";
import { readDialect } from "./inputs.js";
import { addInstanceOptions } from "./instance-access.js";
import { collectTargets, Forwarder } from "./listen-forward.js";
import { collectSecrets, listenSecrets, remarksOnSecrets } from "./listen-secrets.js";
import { type EndpointFlags, type SourceParts, startEndpoint } from "./listen-source.js";
import { type StreamFlags, startStream } from "./listen-stream.js";
import { type EndReason, ListenView, remarksOnEvents } from "./listen-view.js";
import { collectList, durationMs, port, positiveInteger, sizeBytes, urlPath, wholeNumber } from "./options.js";

const examples = `
Examples:
  $ misskey-hooks listen                                   on http://127.0.0.1:4649/, with a secret made up
  $ misskey-hooks listen --secret old --secret new         both count, while a secret is rotated
  $ misskey-hooks listen --as misskey --strict             as strict as can be: 422 for what Misskey doesn't send
  $ misskey-hooks listen --count 1 --timeout 30s --on mention --json     for scripts
  $ misskey-hooks listen --forward-to http://127.0.0.1:3000/hook         checks, and hands on to your handler
  $ misskey-hooks listen --from-stream --forward-to http://127.0.0.1:3000/hook --secret-file ./hook-secret
                                                           real events of your account, with no public URL

Without --path every path is answered, with it that one alone.

How a request is answered, the first that applies:
  404 another path              405 not a POST        415 neither JSON nor text/plain
  413 over --max-body           401 secret missing or wrong
  400 not JSON                  422 errors found, with --strict         204 everything else
  (400, 408 and 431 also for what is no HTTP, too slow, or has too many headers)

With --from-stream the bodies are real and the envelopes made up: hookId is "from-stream", eventId and createdAt are
new. They are made in the dialect of --as (default: misskey) and carry the first secret. It comes back by itself when
the connection is lost.

How it ends:
  0   --count was reached, and nothing was rejected, unexpected or had errors
  1   something was, or a --forward-to answered something else than 2xx
  3   --timeout ran out before --count deliveries came, or any without --count; the stream was lost for good
  130 Ctrl-C

With --json, the first line is {"kind":"ready","url":…}, with "secret" when it was made up; then one
{"kind":"delivery",…} for each, {"kind":"forward",…} for each that was handed on, {"kind":"stream","state":…} when a
connection comes and goes, and {"kind":"end","reason":"count|timeout|signal|failed","counts":…}.
With --quiet, only deliveries that were rejected or have findings are told.`;

interface Flags extends EndpointFlags, StreamFlags {
  readonly fromStream?: true;
  readonly forwardTo?: URL[];
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

/** Resolves when there is a reason to end; `look` is told of each delivery. */
function waitForEnd(tally: DeliveryTally, limits: Limits): { reached: Promise<EndReason>; look: () => void } {
  const { count = Number.POSITIVE_INFINITY, timeoutMs, signal } = limits;
  let look = (): void => {};
  const reached = new Promise<EndReason>((resolve) => {
    if (signal.aborted) resolve("signal");
    signal.addEventListener("abort", () => resolve("signal"), { once: true });
    // The source keeps the program alive; a timer that is left over must not.
    if (timeoutMs !== undefined) setTimeout(() => resolve("timeout"), timeoutMs).unref();
    look = () => {
      if (tally.deliveries >= count) resolve("count");
    };
  });
  return { reached, look };
}

function outcomeOf(reason: EndReason, tally: DeliveryTally, forwarder: Forwarder | undefined, count = 1): Outcome {
  if (!tally.ok || forwarder?.ok === false) return "fell-short";
  return reason === "timeout" && tally.deliveries < count ? "unreachable" : "done";
}

export const define: DefineCommand = (command, context, action) => {
  addInstanceOptions(
    command
      .description("Receive webhooks here, and say what is right and wrong with them.")
      .optionsGroup("Server:")
      .option("--port <port>", "where it listens; 0 for any free port", port, 4649)
      .option("--host <address>", "the address it listens on", "127.0.0.1")
      .option("--path <path>", "the one path to answer at; every path without it", urlPath)
      .option("--max-body <size>", "the largest body to take, e.g. 64KiB (default: 1MiB)", sizeBytes)
      .optionsGroup("Stream:")
      .addOption(
        new Option("--from-stream", "take events from the stream of --instance: no public URL, no hook").conflicts([
          "port",
          "host",
          "path",
          "maxBody",
        ]),
      )
      .option("--max-reconnects <n>", "end after this many failed attempts in a row to come back", wholeNumber)
      .optionsGroup("Forwarding:")
      .option(
        "--forward-to <url>",
        "hand what is accepted on to a handler, secret included; repeatable",
        collectTargets,
      )
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
      .option("--timeout <duration>", "end after this time: 30s, 2m", durationMs),
  )
    .addHelpText("after", examples)
    .action(
      action(async (flags: Flags) => {
        const { as, count, timeout: timeoutMs, strict, on: expectedEvents } = flags;
        const secrets = await listenSecrets(flags, context);
        const tally = new DeliveryTally();
        const view = new ListenView(context);
        const forwarder = flags.forwardTo && new Forwarder(flags.forwardTo, context);
        const { reached, look } = waitForEnd(tally, { count, timeoutMs, signal: context.signal });
        const parts: SourceParts = {
          secrets,
          as,
          rules: {
            secrets: secrets.accepted,
            as: as === undefined ? undefined : await readDialect(as, context),
            strict,
            expectedEvents,
            now: () => context.now(),
          },
          remarks: [...remarksOnSecrets(secrets.accepted), ...remarksOnEvents(expectedEvents ?? [])],
          view,
          context,
          onDelivery: (event, request) => {
            tally.add(event);
            view.delivery(event, request);
            forwarder?.take(event, request);
            look();
          },
        };
        const source = await (flags.fromStream ? startStream(flags, parts) : startEndpoint(flags, parts));
        try {
          const reason = await Promise.race([reached, source.failed]);
          await source.close();
          await forwarder?.close();
          view.end(reason, tally.counts);
          return outcomeOf(reason, tally, forwarder, count);
        } catch (error) {
          await forwarder?.close();
          view.end("failed", tally.counts);
          throw error;
        }
      }),
    );
};
