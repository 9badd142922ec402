// listen: receive deliveries here, until Ctrl-C, a number of them, or a time.
import { Option } from "@commander-js/extra-typings";
import { UsageError } from "../../errors.js";
import { DeliveryTally } from "../../receiver/index.js";
import type { CommandContext, DefineCommand } from "../command.js";
import { readDialect } from "../options/inputs.js";
import { addInstanceOptions } from "../account/instance-options.js";
import type { BorrowFlags } from "./borrow.js";
import { allEnded, outcomeOfListen, waitForEnd } from "./end.js";
import type { Forwarder } from "./forward.js";
import { listenHelp } from "./help.js";
import { collectSecrets, listenSecrets, remarksOnSecrets } from "./secrets.js";
import { type DeliverySource, type SourceParts, startEndpoint } from "./source.js";
import type { StreamFlags } from "./stream.js";
import { type EndReason, ListenView, remarksOnEvents } from "./view.js";
import { collectTargets } from "../send/target.js";
import { projectDefaults, type Route } from "../options/settings.js";
import { collectList, durationMs, port, positiveInteger, sizeBytes, urlPath, wholeNumber } from "../options/values.js";

interface Flags extends StreamFlags, Omit<BorrowFlags, "publicUrl" | "on"> {
  readonly fromStream?: true;
  readonly publicUrl?: string;
  readonly forwardTo?: URL[];
  readonly secret?: string[] | true;
  readonly secretFile?: string;
  readonly as?: string;
  readonly strict?: true;
  readonly on?: readonly string[];
  readonly count?: number;
  readonly timeout?: number;
}

/**
 * What talks to others is loaded only when it is asked for: its client takes as long as all the rest.
 * @throws UsageError `no-public-url`, `no-way-from-instance`, and those of the sources
 */
async function startSource(flags: Flags, parts: SourceParts): Promise<DeliverySource> {
  const { fromStream, publicUrl, borrow } = flags;
  if (fromStream) return (await import("./stream.js")).startStream(flags, parts);
  if (publicUrl !== undefined) {
    return (await import("./borrow.js")).startBorrowed({ ...flags, publicUrl }, parts);
  }
  const ofInstance = (["instance", "profile", "tokenFile"] as const).find((name) => flags[name] !== undefined);
  if (borrow === undefined && ofInstance === undefined) return startEndpoint(flags, parts);
  throw borrow === undefined
    ? new UsageError("no-way-from-instance", "It isn't said how the instance's events come here.", {
        hint: "Add --from-stream (no public URL needed), or --public-url with the address of a tunnel to this endpoint.",
      })
    : new UsageError("no-public-url", "--borrow needs to know where to point the hook.", {
        hint: "Add --public-url, the address of a tunnel to this endpoint for example.",
      });
}

async function startForwarding(
  routes: readonly Route[] | undefined,
  context: CommandContext,
): Promise<Forwarder | undefined> {
  if (routes === undefined || routes.length === 0) return undefined;
  const { Forwarder } = await import("./forward.js");
  return new Forwarder(routes, context);
}

function remarksOnRoutes(routes: readonly Route[]): string[] {
  return routes.map(
    ({ url, events }) => `The project's file hands ${events?.join(", ") ?? "everything"} on to ${url.href}`,
  );
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
      .optionsGroup("Borrowing:")
      .addOption(
        new Option(
          "--public-url <url>",
          "have --instance deliver here, where it reaches this endpoint: by a hook for the time of this run",
        ).conflicts("fromStream"),
      )
      .option("--borrow <hook>", "re-point this hook (id or name) to --public-url for that time, instead of a new one")
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
      .option(
        "--on <events>",
        "the events that should come, e.g. mention,reply or all; others are reported",
        collectList,
      )
      .optionsGroup("End:")
      .option("--count <n>", "end after this many deliveries, rejected ones included", positiveInteger)
      .option("--timeout <duration>", "end after this time: 30s, 2m", durationMs),
  )
    .addHelpText("after", listenHelp)
    .action(
      action(async (flags: Flags) => {
        const { count, timeout: timeoutMs, strict } = flags;
        const project = await projectDefaults(context);
        const as = flags.as ?? project.dialect;
        const on = flags.on ?? project.events;
        const expectedEvents = on?.includes("all") ? undefined : on;
        const secrets = await listenSecrets(flags, context);
        const tally = new DeliveryTally();
        const view = new ListenView(context);
        const routes = flags.forwardTo?.map((url) => ({ url })) ?? project.routes;
        const forwarder = await startForwarding(routes, context);
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
          remarks: [
            ...remarksOnSecrets(secrets.accepted),
            ...remarksOnEvents(expectedEvents ?? []),
            ...(flags.forwardTo === undefined ? remarksOnRoutes(project.routes ?? []) : []),
          ],
          view,
          context,
          onDelivery: (event, request) => {
            tally.add(event);
            view.delivery(event, request);
            forwarder?.take(event, request);
            look();
          },
        };
        const source = await startSource({ ...flags, ...(on && { on }) }, parts);
        let reason: EndReason = "failed";
        try {
          reason = await Promise.race([reached, source.failed]);
        } finally {
          try {
            await allEnded(source.close(), forwarder?.close() ?? Promise.resolve());
          } finally {
            view.end(reason, tally.counts);
          }
        }
        return outcomeOfListen(reason, tally, forwarder, count);
      }),
    );
};
