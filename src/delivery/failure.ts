// Why an attempt got no response, as results say it.
import { type FaultKind, readFault } from "../network/index.js";

/**
 * - `refused-connection`: nobody listens there
 * - `closed-connection`: the connection was reset or closed before an answer came
 * - `timeout`: no answer's headers in time
 * - `unknown-host`: the name has no address
 * - `unreachable-host`: no way to the address
 * - `tls`: no agreement on an encrypted connection
 * - `not-http`: what came back isn't an HTTP answer
 * - `bad-redirect`: a `Location` that can't be followed, or more than 20 of them
 * - `unsendable`: a header or URL that can't be put on the wire; nothing was sent
 * - `aborted`: the caller's signal
 * - `other`
 */
export type FailureCode =
  | "refused-connection"
  | "closed-connection"
  | "timeout"
  | "unknown-host"
  | "unreachable-host"
  | "tls"
  | "not-http"
  | "bad-redirect"
  | "unsendable"
  | "aborted"
  | "other";

/** Why there was no response. */
export interface Failure {
  readonly code: FailureCode;
  /** One sentence for people; may quote the receiver, so it isn't safe to print as it is. */
  readonly message: string;
}

/** A failure that is thrown within this room; callers of the room get it as data. */
export class NoResponse extends Error {
  readonly code: FailureCode;

  constructor(code: FailureCode, message: string) {
    super(message);
    this.name = "NoResponse";
    this.code = code;
  }
}

const codes: Readonly<Record<FaultKind, FailureCode>> = {
  refused: "refused-connection",
  closed: "closed-connection",
  timeout: "timeout",
  "unknown-host": "unknown-host",
  unresolved: "unknown-host",
  unreachable: "unreachable-host",
  untrusted: "tls",
  expired: "tls",
  "other-name": "tls",
  "not-tls": "tls",
  tls: "tls",
  "not-http": "not-http",
  unsendable: "unsendable",
  other: "other",
};

/** What an error of the transport on the way to `url` means. Errors of ours pass through. */
export function failureOf(error: unknown, url?: URL): Failure {
  if (error instanceof NoResponse) return { code: error.code, message: error.message };
  const { kind, message } = readFault(error, url?.host ?? "the receiver");
  return { code: codes[kind], message };
}
