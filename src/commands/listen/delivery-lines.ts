// One delivery as a person sees it: who, what, and what is wrong with it.
import { type JudgedDelivery, shortId } from "../../pipeline/index.js";
import { printableLines } from "../../terminal/index.js";
import { prettyFindings, type ReportStyle, summarizePayload } from "../../reporters/index.js";

/** A stranger's payload may have thousands. */
const mostFindingsShown = 40;

function clock(at: string): string {
  return new Date(at).toTimeString().slice(0, 8);
}

/** The line, and those below it. */
export function deliveryLines(judged: JudgedDelivery, style: ReportStyle): string[] {
  const { event, payload, origin } = judged;
  const { who, text } = summarizePayload(payload);
  const accepted = event.status < 300;
  // What a sender sees of a connection that is silent or reset is no status.
  const answered = /^(drop|reset)\b/.exec(event.simulated ?? "")?.[0] ?? String(event.status);
  const paint = !accepted ? style.bad : event.ok ? style.good : style.warning;
  const marks = [
    event.redelivery ? style.warning("redelivery") : undefined,
    origin === "test-button" ? style.warning("test button") : undefined,
    event.simulated === undefined ? undefined : style.warning(`simulated ${event.simulated}`),
    event.synthesised === true ? style.warning("synthesised") : undefined,
    event.dialect === null ? undefined : style.faint(style.safe(event.dialect, 40)),
    event.event === null ? undefined : style.faint(shortId(judged)),
  ];
  const parts = [
    style.faint(clock(event.at)),
    `${paint(accepted ? (event.ok ? "✓" : "!") : "✗")} ${paint(answered)}`,
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

/** The whole payload, below the line. Strings in JSON hold no line breaks, and what else they hold is made visible. */
export function payloadLines(payload: unknown): string {
  return printableLines(JSON.stringify(payload, undefined, 2))
    .split("\n")
    .map((line) => `    ${line}`)
    .join("\n");
}
