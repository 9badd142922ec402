// What became of a delivery that was handed on: one object for scripts, a line for people.
import type { ForwardAnswer } from "../../forward/index.js";
import { type JudgedDelivery, shortId } from "../../pipeline/index.js";
import { durationInWords, type ReportStyle } from "../../reporters/index.js";

/** Its keys are a contract that scripts rely on. */
export interface ForwardEvent {
  readonly kind: "forward";
  /** When the answer came, ISO 8601. */
  readonly at: string;
  readonly url: string;
  readonly event: string | null;
  readonly eventId: string | null;
  /** Of the handler's answer; null when there was none. */
  readonly status: number | null;
  readonly ms: number;
  /** The handler answered with a 2xx. */
  readonly ok: boolean;
  /** What an answer other than a 2xx says, shortened. */
  readonly body?: string;
  /** Why there was no answer. */
  readonly error?: string;
  /** 1 is the first; with `--forward-retry`. */
  readonly attempt?: number;
  /** The next attempt comes after so many milliseconds; left out when there is none. */
  readonly retryInMs?: number;
}

export function forwardEvent({ event: of }: JudgedDelivery, answer: ForwardAnswer, nowMs: number): ForwardEvent {
  const { url, status, ms, ok, body, error, attempt, retryInMs } = answer;
  const { event, eventId } = of;
  const at = new Date(nowMs).toISOString();
  return {
    kind: "forward",
    at,
    url,
    event,
    eventId,
    status,
    ms,
    ok,
    ...(body === undefined ? {} : { body }),
    ...(error === undefined ? {} : { error }),
    ...(attempt === undefined ? {} : { attempt }),
    ...(retryInMs === undefined ? {} : { retryInMs: Math.round(retryInMs) }),
  };
}

/** Its beginning is that of the delivery's own line. */
export function forwardLine(judged: JudgedDelivery, forward: ForwardEvent, style: ReportStyle): string {
  const { url, status, ms, ok, event, body, error, attempt, retryInMs } = forward;
  const came = status === null ? `failed: ${style.safe(error ?? "", 200)}` : `${status} in ${ms} ms`;
  const again = retryInMs === undefined ? "" : `, again in ${durationInWords(retryInMs)}`;
  const answer = `${attempt === undefined || attempt === 1 ? "" : `attempt ${attempt}: `}${came}${again}`;
  const what = style.faint(style.safe(event ?? "", 40));
  const said = body === undefined ? "" : `\n        it says: ${style.safe(body, 200)}`;
  return `    → ${style.faint(shortId(judged))}  ${style.safe(url, 80)}  ${what}  ${ok ? style.good(answer) : style.bad(answer)}${said}`;
}
