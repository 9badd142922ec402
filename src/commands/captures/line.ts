// One capture on one line: for scripts and, as a row, for people.
import { senderOf, payloadOf, type StoredCapture } from "../../captures/index.js";
import type { Cell } from "../../terminal/index.js";
import type { CommandContext } from "../command.js";
import { reportStyle } from "../output/style.js";

/** Its keys are a contract that scripts rely on. */
export function captureJson({ id, at, delivery, facts, forwards }: StoredCapture): string {
  const { event, eventId, status, ok, dialect, redelivery, findings } = facts;
  const line = { id, at, event, eventId, status, ok, dialect, bytes: delivery.body.length, redelivery, findings };
  return JSON.stringify({
    ...line,
    forwards: forwards.map((forward) => ({ url: forward.url, status: forward.status, ms: forward.ms })),
  });
}

function time(at: string): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return at;
  const two = (value: number): string => String(value).padStart(2, "0");
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

/** `@alice@far.example`; empty when the payload names nobody. */
function senderName(capture: StoredCapture): string {
  const sender = senderOf(payloadOf(capture));
  if (sender === undefined) return "";
  return sender.host === null ? `@${sender.username}` : `@${sender.username}@${sender.host}`;
}

function remarks({ facts, forwards, covered }: StoredCapture): string {
  const { findings, redelivery, synthesised, simulated, source } = facts;
  return [
    ...(redelivery ? ["again"] : []),
    ...(synthesised ? ["synthesised"] : source === "endpoint" ? [] : [source]),
    ...(simulated === undefined ? [] : [`simulated ${simulated}`]),
    ...(findings.length === 0 ? [] : [`${findings.length} finding${findings.length === 1 ? "" : "s"}`]),
    ...(covered ? ["secret covered"] : []),
    ...forwards.map((forward) => (forward.status === null ? "→ no answer" : `→ ${forward.status} in ${forward.ms} ms`)),
  ].join(", ");
}

export const captureHead: readonly string[] = ["ID", "TIME", "STATUS", "EVENT", "FROM", "BYTES", ""];

/** The cells under `captureHead`. */
export function captureRow(capture: StoredCapture, { colour }: CommandContext): (string | Cell)[] {
  const style = reportStyle(colour.result);
  const { id, at, facts, delivery } = capture;
  const { status, ok, event } = facts;
  return [
    id,
    { text: time(at), paint: style.faint },
    { text: status === null ? "–" : String(status), paint: ok ? style.good : style.bad },
    { text: event ?? "–", maxColumns: 24 },
    { text: senderName(capture), maxColumns: 30 },
    String(delivery.body.length),
    { text: remarks(capture), paint: style.faint },
  ];
}
