// What a handler may answer, as the checks see it, and the port through which they ask.
import type { WireDelivery } from "../../protocol/index.js";

/**
 * One delivery (or another request) to the handler; its path is the handler's own. The transport adds `host`,
 * `connection` and `content-length`.
 */
export type ProbeRequest = Omit<WireDelivery, "path">;

/** Why there was no answer. */
export interface Silence {
  /**
   * - `timeout`: no headers in time
   * - `refused`: nobody listens there (any more)
   * - `closed`: the connection ended before an answer
   * - `broken`: what came isn't HTTP
   * - `aborted`: our own run ended
   * - `unreachable`: no way to the host at all
   * - `tls`: no encrypted connection, or to a certificate that isn't trusted
   */
  readonly reason: "timeout" | "refused" | "closed" | "broken" | "aborted" | "unreachable" | "tls";
  /** One sentence; may quote the handler. */
  readonly message: string;
}

/** What came back for one request. */
export interface Answer {
  /** null when there was no response, which `silence` then explains. */
  readonly status: number | null;
  /** From the request to the answer's headers or the failure, whole milliseconds; connecting isn't counted. */
  readonly ms: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** Its first 64 KiB. */
  readonly body: string;
  /** Whether the response's body came to its end within the time that was given for it. */
  readonly ended: boolean;
  readonly silence?: Silence;
}

/** How long to wait for one answer. */
export interface Patience {
  /** Until the headers. */
  readonly answerMs: number;
  /** From the headers to the body's end; the connection is dropped then. */
  readonly bodyMs: number;
}

/** Sends one request and gives what came of it. Never rejects. */
export type Probe = (request: ProbeRequest, patience: Patience) => Promise<Answer>;

/**
 * - `accepted`: 2xx
 * - `redirected`: 301, 302, 303, 307, 308
 * - `refused`: a 4xx but 429
 * - `failed`: 5xx, 429 and whatever else makes a server try again
 * - `silent`: no response
 */
export type AnswerKind = "accepted" | "redirected" | "refused" | "failed" | "silent";

const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** What an answer amounts to for the present Misskey (2026.3.2). */
export function kindOf({ status }: Answer): AnswerKind {
  if (status === null) return "silent";
  if (status >= 200 && status < 300) return "accepted";
  if (redirects.has(status)) return "redirected";
  return status >= 400 && status < 500 && status !== 429 ? "refused" : "failed";
}
