// The options of `listen`.
import { Option } from "@commander-js/extra-typings";
import { addInstanceOptions, type InstanceOptions } from "../account/instance-options.js";
import type { Command } from "../command.js";
import {
  ageMs,
  collectList,
  positiveDurationMs,
  port,
  positiveInteger,
  positiveSizeBytes,
  urlPath,
  wholeNumber,
} from "../options/values.js";
import { addFaultOptions, type FaultFlags } from "./fault-options.js";
import type { ForwardFlags } from "./forward-flags.js";
import { addForwardOptions } from "./forward-options.js";
import { listenHelp } from "./help.js";
import { collectSecrets } from "./secrets.js";

/** As commander hands them over. */
export interface ListenFlags extends InstanceOptions, ForwardFlags, FaultFlags {
  readonly port: number;
  readonly host: string;
  readonly path?: string;
  readonly maxBody?: number;
  readonly fromStream?: true;
  readonly maxReconnects?: number;
  /** Where the instance reaches this endpoint. */
  readonly publicUrl?: string;
  /** The hook to re-point, by id or name; a temporary one is made without it. */
  readonly borrow?: string;
  /** Chooses what is shown and handed on. */
  readonly where?: string;
  /** The folder of the store. */
  readonly captures?: string;
  /** False with `--no-capture`. */
  readonly capture: boolean;
  readonly durable?: true;
  readonly captureSize?: number;
  readonly captureAge?: number;
  readonly secret?: string[] | true;
  readonly secretFile?: string;
  readonly as?: string;
  readonly strict?: true;
  readonly on?: readonly string[];
  readonly show?: true;
  readonly force?: true;
  readonly count?: number;
  readonly timeout?: number;
}

/** Declares them, and gives what reads them once the command runs. */
export function declareListen(command: Command): () => ListenFlags {
  command
    .description("Receive webhooks here, and say what is right and wrong with them.")
    .optionsGroup("Server:")
    .option("--port <port>", "where it listens; 0 for any free port", port, 4649)
    .option("--host <address>", "the address it listens on", "127.0.0.1")
    .option("--path <path>", "the one path to answer at; every path without it", urlPath)
    .option("--max-body <size>", "the largest body to take, e.g. 64KiB (default: 1MiB)", positiveSizeBytes)
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
    .option("--borrow <hook>", "re-point this hook (id or name) to --public-url for that time, instead of a new one");
  addForwardOptions(command);
  addFaultOptions(command);
  command
    .optionsGroup("Choice:")
    .option(
      "--where <expression>",
      "show and hand on only these, e.g. 'body.note.visibility == \"public\"'; all are answered and kept",
    )
    .optionsGroup("Captures:")
    .option("--captures <folder>", "where deliveries are kept, secrets left out (default: the project's own place)")
    .option("--no-capture", "keep nothing (MISSKEY_HOOKS_NO_CAPTURE=1 does the same)")
    .option("--durable", "have each on the disk itself before it is answered")
    .option("--capture-size <size>", "keep so much, the latest (default: 256MiB)", positiveSizeBytes)
    .option("--capture-age <age>", "keep what is younger: 12h, 30d (default: 30d)", ageMs)
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
    .option("--on <events>", "the events that should come, e.g. mention,reply or all; others are reported", collectList)
    .option("--force", "take events in --on and --route that no known server sends")
    .option("--show", "show whole payloads, not only what they are about")
    .optionsGroup("End:")
    .option("--count <n>", "end after this many deliveries, rejected ones included", positiveInteger)
    .option("--timeout <duration>", "end after this time: 30s, 2m", positiveDurationMs);
  addInstanceOptions(command).addHelpText("after", listenHelp);
  return () => command.opts() as ListenFlags;
}
