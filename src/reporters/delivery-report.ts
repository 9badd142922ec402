// What `send` did: one object for programs, a line or two for people. Both from the same report.
import type { Dialect } from "../protocol/index.js";
import { adviceOn } from "./delivery-advice.js";
import { durationInWords } from "./duration-in-words.js";
import type { ReportStyle } from "./report-style.js";

/** One attempt as `--json` has it. */
export interface AttemptReport {
  readonly n: number;
  /** null when there was no response; `error` then says why. */
  readonly status: number | null;
  readonly ms: number;
  readonly error?: { readonly code: string; readonly message: string };
  /** What an answer other than a 2xx says, shortened and without the secret; left out when it says nothing. */
  readonly body?: string;
  /** Left out when there were none. */
  readonly redirects?: readonly { readonly status: number; readonly to: string; readonly method: string }[];
}

/** What `send --json` prints. */
export interface DeliveryReport {
  readonly ok: boolean;
  readonly event: string;
  /** null for a body of the user's own. */
  readonly variant: string | null;
  readonly dialect: string;
  /** null when the body carries none. */
  readonly eventId: string | null;
  readonly url: string;
  /** The headers without those of the transport, secrets masked; bytes of the body. */
  readonly request: { readonly headers: Readonly<Record<string, string>>; readonly bytes: number };
  readonly attempts: readonly AttemptReport[];
  readonly outcome: "delivered" | "refused" | "failed";
}

/** `204 in 12 ms`, `no response in 5 s`; with the number of attempts when there were several. */
function resultOf({ attempts, dialect }: DeliveryReport, style: ReportStyle): string {
  const last = attempts.at(-1);
  if (last === undefined) return "";
  const paint = last.status !== null && last.status < 300 ? style.good : style.bad;
  const status = paint(last.status === null ? "no response" : String(last.status));
  const tries = attempts.length === 1 ? "" : `, attempt ${attempts.length}`;
  return `${status} ${style.faint(`in ${durationInWords(last.ms)}${tries}, as ${dialect}`)}`;
}

/** `mention (default) → http://127.0.0.1:4649/`, safe to print. */
function deliveryTitle(
  report: Pick<DeliveryReport, "event" | "variant" | "url">,
  style: Pick<ReportStyle, "safe">,
): string {
  const variant = report.variant === null ? "" : ` (${style.safe(report.variant, 40)})`;
  return `${style.safe(report.event, 60)}${variant} → ${style.safe(report.url, 120)}`;
}

/** The result line and, unless it was delivered, what that means on a real server and what to do. */
export function prettyDelivery(report: DeliveryReport, dialect: Dialect, style: ReportStyle): string {
  const mark = report.ok ? style.good("✓") : style.bad("✗");
  const line = `${mark} ${deliveryTitle(report, style)}  ${resultOf(report, style)}`;
  const last = report.attempts.at(-1);
  if (report.ok || last === undefined) return line;
  return [line, ...adviceOn(last, report.url, dialect).map((advice) => `    ${style.safe(advice, 240)}`)].join("\n");
}
