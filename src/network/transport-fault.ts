// Why a request got no answer: the many codes of sockets, resolvers, TLS and parsers as a few kinds, each with its
// sentence. What a kind is called in results, and what to do about it, is up to those who ask.

/**
 * - `refused`: nobody listens there
 * - `closed`: the connection was reset or closed before an answer came
 * - `timeout`: no connection or no answer in time
 * - `unknown-host`: the name has no address
 * - `unresolved`: the name could not be looked up
 * - `unreachable`: no way to the address
 * - `untrusted`, `expired`, `other-name`: the certificate
 * - `not-tls`: TLS was spoken to a port that doesn't
 * - `tls`: no agreement on an encrypted connection for another reason
 * - `not-http`: what came back isn't an HTTP answer
 * - `unsendable`: a header or URL that can't be put on the wire; nothing was sent
 * - `other`
 */
export type FaultKind =
  | "refused"
  | "closed"
  | "timeout"
  | "unknown-host"
  | "unresolved"
  | "unreachable"
  | "untrusted"
  | "expired"
  | "other-name"
  | "not-tls"
  | "tls"
  | "not-http"
  | "unsendable"
  | "other";

export interface TransportFault {
  readonly kind: FaultKind;
  /** One sentence; may quote whoever answered, so it isn't safe to print as it is. */
  readonly message: string;
}

const kinds: Readonly<Record<string, FaultKind>> = {
  ECONNREFUSED: "refused",
  ECONNRESET: "closed",
  EPIPE: "closed",
  UND_ERR_SOCKET: "closed",
  ETIMEDOUT: "timeout",
  TimeoutError: "timeout",
  UND_ERR_CONNECT_TIMEOUT: "timeout",
  UND_ERR_HEADERS_TIMEOUT: "timeout",
  UND_ERR_BODY_TIMEOUT: "timeout",
  ENOTFOUND: "unknown-host",
  EAI_NODATA: "unknown-host",
  EAI_AGAIN: "unresolved",
  EHOSTUNREACH: "unreachable",
  ENETUNREACH: "unreachable",
  EADDRNOTAVAIL: "unreachable",
  EHOSTDOWN: "unreachable",
  ENETDOWN: "unreachable",
  CERT_HAS_EXPIRED: "expired",
  ERR_TLS_CERT_ALTNAME_INVALID: "other-name",
  DEPTH_ZERO_SELF_SIGNED_CERT: "untrusted",
  SELF_SIGNED_CERT_IN_CHAIN: "untrusted",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "untrusted",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "untrusted",
  ERR_SSL_WRONG_VERSION_NUMBER: "not-tls",
  ERR_SSL_PACKET_LENGTH_TOO_LONG: "not-tls",
  EPROTO: "tls",
  UND_ERR_HEADERS_OVERFLOW: "not-http",
  UND_ERR_INFO: "not-http",
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: "not-http",
  ERR_INVALID_CHAR: "unsendable",
  ERR_INVALID_HTTP_TOKEN: "unsendable",
  ERR_HTTP_INVALID_HEADER_VALUE: "unsendable",
  ERR_UNESCAPED_CHARACTERS: "unsendable",
  UND_ERR_INVALID_ARG: "unsendable",
  UND_ERR_REQ_CONTENT_LENGTH_MISMATCH: "unsendable",
  UND_ERR_NOT_SUPPORTED: "unsendable",
};
const families: readonly (readonly [RegExp, FaultKind])[] = [
  [/^(ERR_TLS_|ERR_SSL_|CERT_|CRL_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_MISMATCH|INVALID_CA)/, "tls"],
  [/^(HPE_|HTTPParserError$)/, "not-http"],
];

const sentences: Readonly<Record<FaultKind, (host: string, detail: string) => string>> = {
  refused: (host) => `Nobody listens on ${host}.`,
  closed: (host) => `${host} closed the connection without an answer.`,
  timeout: (host) => `${host} did not answer in time.`,
  "unknown-host": (host) => `The name ${host} has no address.`,
  unresolved: (host) => `The name ${host} could not be looked up.`,
  unreachable: (host) => `There is no way to ${host}.`,
  untrusted: (host) => `The TLS certificate of ${host} is signed by nobody this machine trusts.`,
  expired: (host) => `The TLS certificate of ${host} has expired.`,
  "other-name": (host) => `The TLS certificate that answers at ${host} belongs to another name.`,
  "not-tls": (host) => `${host} does not speak TLS on this port, so the URL may be an http:// one.`,
  tls: (host, detail) => `No encrypted connection to ${host}: ${detail}.`,
  "not-http": (host, detail) => `What ${host} answered isn't HTTP: ${detail}.`,
  unsendable: (_, detail) => `The request can't be sent: ${detail}.`,
  other: (host, detail) => `No answer from ${host}: ${detail}.`,
};

const ofNames: ReadonlySet<FaultKind> = new Set(["unknown-host", "unresolved"]);
const wrongVersion = /wrong version number|packet length too long/i;

function kindOf(code: string, message: string): FaultKind {
  const kind = kinds[code] ?? families.find(([pattern]) => pattern.test(code))?.[1] ?? "other";
  return kind === "tls" && wrongVersion.test(message) ? "not-tls" : kind;
}

function detailOf({ message }: Error, code: string): string {
  if (code === "UND_ERR_HEADERS_OVERFLOW" || code === "HPE_HEADER_OVERFLOW")
    return "its headers are larger than 16 KiB";
  const [, reason = message] = /(?:^Parse Error: |HTTP\/1\.1 protocol \()(.+?)\)?$/.exec(message) ?? [];
  return reason.replace(/\.$/, "");
}

/** Node tries several addresses of a name and gives one error for all: the first one speaks for them. */
function firstOf(error: unknown): unknown {
  return error instanceof AggregateError && error.errors.length > 0 ? error.errors[0] : error;
}

/** What an error of the transport means; `host` is where the request went, as a `URL` has it, with its port. */
export function readFault(error: unknown, host: string): TransportFault {
  const first = firstOf(error);
  const cause: NodeJS.ErrnoException = first instanceof Error ? first : new Error(String(first));
  // A DOMException has a number there: its name says it.
  const code = typeof cause.code === "string" ? cause.code : cause.name;
  const kind = kindOf(code, cause.message);
  const named = ofNames.has(kind) ? host.replace(/:\d+$/, "") : host;
  return { kind, message: sentences[kind](named, detailOf(cause, code)) };
}
