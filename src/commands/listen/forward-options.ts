// The options of `listen` that say where deliveries are handed on to, and how.
import { InvalidArgumentError, Option } from "@commander-js/extra-typings";
import { isOfConnection, type Route } from "../../forward/index.js";
import type { Command } from "../command.js";
import { caFileOption } from "../options/trust.js";
import { collectHeaders, collectList, positiveDurationMs, positiveNumber } from "../options/values.js";
import { collectTargets, readTarget } from "../options/target.js";

/** `--route mention,reply=URL`, any number of times. @throws UsageError `invalid-url` */
function collectRoutes(value: string, earlier: readonly Route[] | undefined): Route[] {
  const [, names, url] = /^([^=:/]+)=(.+)$/s.exec(value) ?? [];
  if (names === undefined || url === undefined) {
    throw new InvalidArgumentError("Expected events and where they go: mention,reply=http://127.0.0.1:3000/hook");
  }
  return [...(earlier ?? []), { url: readTarget(url), events: collectList(names, undefined) }];
}

function collectForwardHeaders(value: string, earlier: readonly [string, string][] | undefined): [string, string][] {
  const headers = collectHeaders(value, earlier);
  const [name = ""] = headers.at(-1) ?? [];
  if (isOfConnection(name)) throw new InvalidArgumentError(`${name} is the connection's own, and is made anew for it.`);
  return headers;
}

/** Declares them. */
export function addForwardOptions(command: Command): void {
  command
    .optionsGroup("Forwarding:")
    .option("--forward-to <url>", "hand what is accepted on to a handler, secret included; repeatable", collectTargets)
    .option("--route <events=url>", "hand only these events on: mention,reply=URL; repeatable", collectRoutes)
    .addOption(
      new Option("--answer <how>", "accept: answer at once; pass: answer as the handler does, 502 or 504 without it")
        .choices(["accept", "pass"])
        .default("accept"),
    )
    .option("--forward-header <header>", "add or replace a header, as 'Name: value'; repeatable", collectForwardHeaders)
    .addOption(
      new Option(
        "--forward-secret <env or file>",
        "the handler's own secret, in place of the sender's: a variable's name, or a file",
      ).conflicts("dropSecret"),
    )
    .option("--drop-secret", "hand on without the secret")
    .option(
      "--forward-timeout <duration>",
      "how long a handler has (default: as long as the server)",
      positiveDurationMs,
    )
    .option("--forward-retry", "try again by the server's own schedule")
    .option("--time-scale <factor>", "divide the waits of that schedule by this", positiveNumber)
    .option("--forward-unverified", "hand on what is refused as well: a wrong secret, no JSON, --strict")
    .addOption(caFileOption())
    .addOption(
      new Option("--insecure", "accept any certificate: whoever is on the way can read the secret, or the token"),
    );
}
