// Why an instance could not be reached, as an error with the next step.
import { InterruptedError, type MisskeyHooksError, RefusedError, UnreachableError } from "../errors.js";
import { type FaultKind, readFault, type TransportFault } from "../network/index.js";

interface Reason {
  readonly code: string;
  readonly hint: string;
}

const checkAddress = "Is the address right, and are you online?";
const unknown: Reason = { code: "instance-not-found", hint: checkAddress };
const unreachable: Reason = { code: "instance-unreachable", hint: checkAddress };

const reasons: Readonly<Record<FaultKind, Reason>> = {
  refused: { code: "instance-refused-connection", hint: "Is it running, and is the port right?" },
  closed: {
    code: "instance-hung-up",
    hint: "Try again. If the instance speaks https and you wrote http (or the other way round), change that.",
  },
  timeout: { code: "instance-timed-out", hint: "Try again, or give it longer with --timeout 30s." },
  "unknown-host": unknown,
  unresolved: unknown,
  untrusted: {
    code: "instance-untrusted",
    hint: "For an authority of your own give its certificate with --ca-file (or NODE_EXTRA_CA_CERTS).",
  },
  expired: {
    code: "instance-untrusted",
    hint: "Only the instance's administrator can renew it; also check this machine's clock.",
  },
  "other-name": { code: "instance-untrusted", hint: checkAddress },
  "not-tls": {
    code: "instance-not-tls",
    hint: "For an instance without https write http:// in front of its address.",
  },
  "not-http": {
    code: "instance-not-http",
    hint: "Is the port right? If it speaks https and you wrote http, change that.",
  },
  tls: unreachable,
  unreachable,
  unsendable: unreachable,
  other: unreachable,
};

/** Where a request was going. */
export interface Route {
  readonly host: string;
  /** The proxy's host, when there is one in between. */
  readonly proxy?: string | undefined;
}

/** Faults that, with a proxy in between, are about the connection to it. */
const nearKinds: ReadonlySet<FaultKind> = new Set(["unknown-host", "unresolved", "refused", "timeout"]);

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
  const { code = "" } = error as NodeJS.ErrnoException;
  if (code === "UND_ERR_RES_EXCEEDED_MAX_SIZE") {
    return new RefusedError("answer-too-large", `${host} answered with more than an API ever does.`, { cause: error });
  }
  const fault = readFault(error, host);
  const proxied = proxy === undefined ? undefined : proxyError(error, { host, proxy }, fault);
  if (proxied !== undefined) return proxied;
  const reason = reasons[fault.kind];
  return new UnreachableError(reason.code, fault.message, { hint: reason.hint, cause: error });
}

function proxyError(
  cause: unknown,
  { host, proxy }: Required<Route>,
  { kind }: TransportFault,
): UnreachableError | undefined {
  // undici says it in words alone: “Proxy response (407) !== 200 when HTTP Tunneling”.
  const status = cause instanceof Error ? /^Proxy response \((\d+)\)/.exec(cause.message)?.[1] : undefined;
  if (status !== undefined) {
    return new UnreachableError("proxy-refused", `The proxy ${proxy} refused the way to ${host}: ${status}.`, {
      hint:
        status === "407"
          ? "It wants a user name and a password: HTTPS_PROXY=http://user:password@host:port."
          : "Is the proxy meant for this instance? NO_PROXY names hosts that are reached directly.",
      cause,
    });
  }
  if (!nearKinds.has(kind)) return undefined;
  return new UnreachableError("proxy-unreachable", `The proxy ${proxy} can't be reached.`, {
    hint: `It comes from HTTPS_PROXY or HTTP_PROXY; NO_PROXY=${host.replace(/:\d+$/, "")} goes without it.`,
    cause,
  });
}
