// What a person sees of a running `listen`, and what a script reads: both from the same events.
import { findEvent } from "../../protocol/index.js";
import type { DeliveryCounts, DeliveryEvent, ReceivedRequest } from "../../receiver/index.js";
import { prettyFindings, type ReportStyle, summarizePayload } from "../../reporters/index.js";
import { createTheme, shorten, type Theme } from "../../terminal/index.js";
import type { CommandContext } from "../command.js";
import { reportStyle } from "../output/style.js";
import { warn } from "../output/warn.js";

/** Why it ended: the `--count` was reached, the `--timeout` ran out, it was told to stop, or its source failed. */
export type EndReason = "count" | "timeout" | "signal" | "failed";

/** What is said when it is ready. */
export interface Ready {
  readonly url: string;
  /** The secret made up for this run. */
  readonly generated: string | undefined;
  /** As given with `--as`. */
  readonly as: string | undefined;
  readonly remarks: readonly string[];
}

const loopback = /^(127\.|::1$|localhost$)/;

/** A warning for an address that others can reach. */
export function remarksOnHost(host: string): string[] {
  if (loopback.test(host)) return [];
  return [
    `Listening on ${host}: others on the network can reach this receiver, and read along, since it is plain HTTP.`,
  ];
}

/** A warning for events that no known server has: a typing error, most of the time. */
export function remarksOnEvents(names: readonly string[]): string[] {
  return names
    .filter((name) => findEvent(name) === undefined)
    .map((name) => `--on ${shorten(name, 40)}: no known server sends an event of that name.`);
}

/** Tells what happens, on the streams that the context gives. */
export class ListenView {
  readonly #context: CommandContext;
  readonly #style: ReportStyle;

  constructor(context: CommandContext) {
    this.#context = context;
    this.#style = reportStyle(context.colour.result);
  }

  ready({ url, generated, as, remarks }: Ready): void {
    const { json, quiet, colour } = this.#context;
    const theme = createTheme(colour.note);
    for (const remark of remarks) warn(remark, this.#context);
    if (json) {
      const secret = generated === undefined ? {} : { secret: generated };
      this.#context.result(JSON.stringify({ kind: "ready", url, ...secret }));
      return;
    }
    if (!quiet) this.#context.note(`Listening on ${theme.strong(url)} — Ctrl-C stops it.`);
    if (generated !== undefined) this.#context.note(generatedSecret(url, generated, as, theme));
    else if (!quiet) this.#context.note(`Try it, with the same secret: ${theme.code(sendCommand(url, as))}`);
  }

  /** With `--quiet`, a delivery without any remark isn't told. */
  delivery(event: DeliveryEvent, { payload, origin }: Pick<ReceivedRequest, "payload" | "origin">): void {
    if (this.#context.quiet && event.ok && event.findings.length === 0) return;
    if (this.#context.json) this.#context.result(JSON.stringify(event));
    else this.#context.result(deliveryLines(event, payload, origin, this.#style).join("\n"));
  }

  end(reason: EndReason, counts: DeliveryCounts): void {
    if (this.#context.json) this.#context.result(JSON.stringify({ kind: "end", reason, counts }));
    else if (!this.#context.quiet) this.#context.note(summaryLine(reason, counts));
  }
}

function sendCommand(url: string, as: string | undefined): string {
  return `misskey-hooks send mention ${url}${as === undefined ? "" : ` --as ${as}`}`;
}

function generatedSecret(url: string, secret: string, as: string | undefined, theme: Theme): string {
  return [
    `No secret was given, so this run has one of its own: ${theme.strong(secret)}`,
    `  register it   ${theme.code(`misskey-hooks hooks create --url ${url} --secret ${secret} --on mention`)}`,
    `  or try it     ${theme.code(`${sendCommand(url, as)} --secret ${secret}`)}`,
  ].join("\n");
}

/** A stranger's payload may have thousands. */
const mostFindingsShown = 40;

function clock(at: string): string {
  return new Date(at).toTimeString().slice(0, 8);
}

function deliveryLines(
  event: DeliveryEvent,
  payload: unknown,
  origin: ReceivedRequest["origin"],
  style: ReportStyle,
): string[] {
  const { who, text } = summarizePayload(payload);
  const accepted = event.status < 300;
  const paint = !accepted ? style.bad : event.ok ? style.good : style.warning;
  const marks = [
    event.redelivery ? style.warning("redelivery") : undefined,
    origin === "test-button" ? style.warning("test button") : undefined,
    event.synthesised === true ? style.warning("synthesised") : undefined,
    event.dialect === null ? undefined : style.faint(style.safe(event.dialect, 40)),
  ];
  const parts = [
    style.faint(clock(event.at)),
    `${paint(accepted ? (event.ok ? "✓" : "!") : "✗")} ${paint(String(event.status))}`,
    event.event === null ? undefined : style.safe(event.event, 40).padEnd(8),
    who === undefined ? undefined : style.safe(who, 40),
    text === "" ? undefined : style.safe(text, 60),
    marks.filter((mark) => mark !== undefined).join(style.faint(" · ")) || undefined,
  ];
  const reason =
    event.reason === undefined
      ? undefined
      : `${paint(accepted ? "accepted" : "rejected")}: ${style.safe(event.reason, 200)}`;
  const line = parts.filter((part) => part !== undefined);
  // A request that was turned away at the door has nothing else to say.
  if (event.event === null && reason !== undefined) return [[...line, reason].join("  ")];
  const findings = prettyFindings(event.findings, style);
  const more = findings.length - mostFindingsShown;
  return [
    line.join("  "),
    ...(reason === undefined ? [] : [`    ${reason}`]),
    ...findings.slice(0, mostFindingsShown),
    ...(more > 0 ? [style.faint(`    … and ${more} more; --json tells them all`)] : []),
  ];
}

const endings: Readonly<Record<EndReason, string>> = {
  count: "That was the last one",
  timeout: "The time is up",
  signal: "Stopped",
  failed: "It can't go on",
};

function summaryLine(reason: EndReason, counts: DeliveryCounts): string {
  const { deliveries, rejected, withFindings, unexpected, redeliveries } = counts;
  const details = [
    [rejected, "rejected"],
    [withFindings, "with findings"],
    [unexpected, "unexpected"],
    [redeliveries, redeliveries === 1 ? "redelivery" : "redeliveries"],
  ] as const;
  const shown = details.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  const noun = deliveries === 1 ? "delivery" : "deliveries";
  return `${endings[reason]}: ${deliveries} ${noun}${shown.length === 0 ? "" : `, ${shown.join(", ")}`}.`;
}
