// Why an attempt got no response: the many codes of sockets, resolvers, TLS and parsers as a few that people can act on.

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

const codes: Readonly<Record<string, FailureCode>> = {
  ECONNREFUSED: "refused-connection",
  ECONNRESET: "closed-connection",
  EPIPE: "closed-connection",
  UND_ERR_SOCKET: "closed-connection",
  ETIMEDOUT: "timeout",
  UND_ERR_CONNECT_TIMEOUT: "timeout",
  ENOTFOUND: "unknown-host",
  EAI_AGAIN: "unknown-host",
  EAI_NODATA: "unknown-host",
  EHOSTUNREACH: "unreachable-host",
  ENETUNREACH: "unreachable-host",
  EADDRNOTAVAIL: "unreachable-host",
  EHOSTDOWN: "unreachable-host",
  ENETDOWN: "unreachable-host",
  EPROTO: "tls",
  UND_ERR_HEADERS_OVERFLOW: "not-http",
  UND_ERR_INFO: "not-http",
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: "not-http",
  UND_ERR_INVALID_ARG: "unsendable",
  UND_ERR_REQ_CONTENT_LENGTH_MISMATCH: "unsendable",
  UND_ERR_NOT_SUPPORTED: "unsendable",
};
const families: readonly (readonly [RegExp, FailureCode])[] = [
  [/^(ERR_TLS_|ERR_SSL_|CERT_|CRL_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_MISMATCH|INVALID_CA)/, "tls"],
  [/^(HPE_|HTTPParserError$)/, "not-http"],
];

function classify(code: string): FailureCode {
  return codes[code] ?? families.find(([pattern]) => pattern.test(code))?.[1] ?? "other";
}

const sentences: Readonly<Record<FailureCode, (host: string, detail: string) => string>> = {
  "refused-connection": (host) => `Nobody listens on ${host}.`,
  "closed-connection": (host) => `${host} closed the connection without an answer.`,
  timeout: (host) => `${host} could not be reached in time.`,
  "unknown-host": (host) => `The name ${host} has no address.`,
  "unreachable-host": (host) => `There is no way to ${host}.`,
  tls: (host, detail) => `No encrypted connection to ${host}: ${detail}.`,
  "not-http": (host, detail) => `What ${host} answered isn't HTTP: ${detail}.`,
  "bad-redirect": (_, detail) => detail,
  unsendable: (_, detail) => `The request can't be sent: ${detail}.`,
  aborted: () => "Stopped before an answer came.",
  other: (host, detail) => `No answer from ${host}: ${detail}.`,
};

const wrongVersion = /wrong version number|packet length too long/i;

function detailOf(error: Error, code: string): string {
  if (wrongVersion.test(error.message)) return "this port does not speak TLS, so the URL may be an http:// one";
  if (code === "UND_ERR_HEADERS_OVERFLOW") return "its headers are larger than 16 KiB";
  const [, reason = error.message] = /HTTP\/1\.1 protocol \((.+)\)$/.exec(error.message) ?? [];
  return reason.replace(/\.$/, "");
}

/** What an error of the transport on the way to `url` means. Errors of ours pass through. */
export function failureOf(error: unknown, url?: URL): Failure {
  if (error instanceof NoResponse) return { code: error.code, message: error.message };
  const cause: NodeJS.ErrnoException = error instanceof Error ? error : new Error(String(error));
  const systemCode = cause.code ?? cause.name;
  const code = classify(systemCode);
  const host = (code === "unknown-host" ? url?.hostname : url?.host) ?? "the receiver";
  return { code, message: sentences[code](host, detailOf(cause, systemCode)) };
}
