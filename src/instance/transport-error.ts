// Why an instance could not be reached, in words.
import { InterruptedError, type MisskeyHooksError, RefusedError, UnreachableError } from "../errors.js";

interface Reason {
  readonly code: string;
  readonly message: (host: string) => string;
  readonly hint?: string;
}

const checkAddress = "Is the address right, and are you online?";
const timedOut: Reason = {
  code: "instance-timed-out",
  message: (host) => `${host} did not answer in time.`,
  hint: "Try again, or give it longer with --timeout 30s.",
};
const cut: Reason = {
  code: "instance-hung-up",
  message: (host) => `${host} closed the connection before it had answered.`,
  hint: "Try again. If the instance speaks https and you wrote http (or the other way round), change that.",
};
const notTls: Reason = {
  code: "instance-not-tls",
  message: (host) => `${host} does not speak https on this port.`,
  hint: "For an instance without https write http:// in front of its address.",
};
const notHttp: Reason = {
  code: "instance-not-http",
  message: (host) => `What answers at ${host} is no web server.`,
  hint: "Is the port right? If it speaks https and you wrote http, change that.",
};
const untrusted: Reason = {
  code: "instance-untrusted",
  message: (host) => `The TLS certificate of ${host} is signed by nobody this machine trusts.`,
  hint: "For an authority of your own give its certificate with --ca-file (or NODE_EXTRA_CA_CERTS).",
};

const reasons: Readonly<Record<string, Reason>> = {
  ENOTFOUND: {
    code: "instance-not-found",
    message: (host) => `There is no host called ${host}.`,
    hint: checkAddress,
  },
  EAI_AGAIN: {
    code: "instance-not-found",
    message: (host) => `The name ${host} could not be looked up.`,
    hint: checkAddress,
  },
  ECONNREFUSED: {
    code: "instance-refused-connection",
    message: (host) => `Nothing answers at ${host}: the connection was refused.`,
    hint: "Is it running, and is the port right?",
  },
  ECONNRESET: cut,
  EPIPE: cut,
  UND_ERR_SOCKET: cut,
  UND_ERR_CONNECT_TIMEOUT: timedOut,
  UND_ERR_HEADERS_TIMEOUT: timedOut,
  UND_ERR_BODY_TIMEOUT: timedOut,
  ETIMEDOUT: timedOut,
  ERR_SSL_WRONG_VERSION_NUMBER: notTls,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: notTls,
  CERT_HAS_EXPIRED: {
    code: "instance-untrusted",
    message: (host) => `The TLS certificate of ${host} has expired.`,
    hint: "Only the instance's administrator can renew it; also check this machine's clock.",
  },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    code: "instance-untrusted",
    message: (host) => `The TLS certificate that answers at ${host} belongs to another name.`,
    hint: checkAddress,
  },
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
};

/** Errors that have no code. */
const byName: Readonly<Record<string, Reason>> = { TimeoutError: timedOut, HTTPParserError: notHttp };

/** Node tries several addresses of a name and gives one error for all: the first one speaks for them. */
function firstOf(error: unknown): unknown {
  return error instanceof AggregateError && error.errors.length > 0 ? error.errors[0] : error;
}

/** Where a request was going. */
export interface Route {
  readonly host: string;
  /** The proxy's host, when there is one in between. */
  readonly proxy?: string | undefined;
}

/** Reasons that, with a proxy in between, are about the connection to it. */
const nearCodes = new Set(["ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "UND_ERR_CONNECT_TIMEOUT", "ETIMEDOUT"]);

/**
 * The error for a request that brought no complete answer.
 * `instance-not-found`, `instance-refused-connection`, `instance-hung-up`, `instance-timed-out`, `instance-not-http`,
 * `instance-not-tls`, `instance-untrusted`, `proxy-unreachable`, `proxy-refused`, `instance-unreachable` for the rest,
 * `answer-too-large`, `interrupted`.
 */
export function transportError(
  error: unknown,
  { host, proxy }: Route,
  signal: AbortSignal | undefined,
): MisskeyHooksError {
  if (signal?.aborted === true) return new InterruptedError(error);
  const { code = "", name, message } = firstOf(error) as NodeJS.ErrnoException;
  if (code === "UND_ERR_RES_EXCEEDED_MAX_SIZE") {
    return new RefusedError("answer-too-large", `${host} answered with more than an API ever does.`, { cause: error });
  }
  if (proxy !== undefined) {
    const proxied = proxyError(error, { host, proxy }, { code, message });
    if (proxied !== undefined) return proxied;
  }
  const reason = byName[name] ?? reasons[code];
  if (reason !== undefined) {
    return new UnreachableError(reason.code, reason.message(host), { hint: reason.hint, cause: error });
  }
  return new UnreachableError("instance-unreachable", `${host} could not be reached: ${message}`, {
    hint: checkAddress,
    cause: error,
  });
}

function proxyError(
  cause: unknown,
  { host, proxy }: Required<Route>,
  { code, message }: { readonly code: string; readonly message: string },
): UnreachableError | undefined {
  // undici says it in words alone: “Proxy response (407) !== 200 when HTTP Tunneling”.
  const status = /^Proxy response \((\d+)\)/.exec(message)?.[1];
  if (status !== undefined) {
    return new UnreachableError("proxy-refused", `The proxy ${proxy} refused the way to ${host}: ${status}.`, {
      hint:
        status === "407"
          ? "It wants a user name and a password: HTTPS_PROXY=http://user:password@host:port."
          : "Is the proxy meant for this instance? NO_PROXY names hosts that are reached directly.",
      cause,
    });
  }
  if (!nearCodes.has(code)) return undefined;
  return new UnreachableError("proxy-unreachable", `The proxy ${proxy} can't be reached (${code}).`, {
    hint: `It comes from HTTPS_PROXY or HTTP_PROXY; NO_PROXY=${host.replace(/:\d+$/, "")} goes without it.`,
    cause,
  });
}
