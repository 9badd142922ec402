// A capture for a person to read.
import { payloadOf, type StoredCapture } from "../../captures/index.js";
import { maskHeaders, prettyFindings } from "../../reporters/index.js";
import type { CommandContext } from "../command.js";
import { reportStyle } from "../output/style.js";

/** What came, what was made of it, where it went. */
export function prettyCapture(capture: StoredCapture, { colour }: CommandContext): string {
  const style = reportStyle(colour.result);
  const { id, at, delivery, facts, forwards, httpVersion } = capture;
  const { status, ok, event, dialect, reason, source, redelivery, synthesised, simulated } = facts;
  const answer = status === null ? "no answer known" : `${status}${reason === undefined ? "" : `: ${reason}`}`;
  const marks = [
    dialect,
    source,
    redelivery && "redelivery",
    synthesised && "synthesised",
    simulated !== undefined && `simulated ${simulated}`,
  ].filter((mark) => typeof mark === "string");
  const payload = payloadOf(capture);
  const body = Buffer.from(delivery.body);
  return [
    `${id}  ${style.safe(at, 40)}  ${style.safe(event ?? "no event", 60)}  ${style.faint(style.safe(marks.join(" · "), 120))}`,
    `${(ok ? style.good : style.bad)("answered")} ${style.safe(answer, 200)}`,
    ...prettyFindings(facts.findings, style),
    ...forwards.map(
      ({ url, status: got, ms, error }) =>
        `→ ${style.safe(url, 120)}  ${got === null ? style.bad(style.safe(error ?? "no answer", 200)) : `${got} in ${ms} ms`}`,
    ),
    "",
    `${style.safe(delivery.method, 20)} ${style.safe(delivery.path, 400)} HTTP/${style.safe(httpVersion, 8)}`,
    ...maskHeaders(delivery.headers).map(([name, value]) => `${style.faint(`${name}:`)} ${style.safe(value, 400)}`),
    "",
    payload === undefined ? body.toString("utf8") : JSON.stringify(payload, null, 2),
  ].join("\n");
}
