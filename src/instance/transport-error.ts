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
  hint: "For an authority of your own set NODE_EXTRA_CA_CERTS to its certificate.",
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

/**
 * The error for a request that brought no complete answer.
 * `instance-not-found`, `instance-refused-connection`, `instance-hung-up`, `instance-timed-out`, `instance-not-http`,
 * `instance-not-tls`, `instance-untrusted`, `instance-unreachable` for the rest, `answer-too-large`, `interrupted`.
 */
export function transportError(error: unknown, host: string, signal: AbortSignal | undefined): MisskeyHooksError {
  if (signal?.aborted === true) return new InterruptedError(error);
  const { code = "", name, message } = firstOf(error) as NodeJS.ErrnoException;
  if (code === "UND_ERR_RES_EXCEEDED_MAX_SIZE") {
    return new RefusedError("answer-too-large", `${host} answered with more than an API ever does.`, { cause: error });
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
