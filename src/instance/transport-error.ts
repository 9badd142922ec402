// Why an instance could not be reached, as an error with the next step.
import { InterruptedError, type MisskeyHooksError, RefusedError, UnreachableError } from "../errors.js";
import { type FaultKind, readFault, type TransportFault } from "../network/index.js";

/** The words of these codes differ by the fault's kind where the code doesn't say enough. */
type UnreachableCode =
  | "instance-refused-connection"
  | "instance-hung-up"
  | "instance-timed-out"
  | "instance-not-found"
  | "instance-untrusted"
  | "instance-not-tls"
  | "instance-not-http"
  | "instance-unreachable";

const codes: Readonly<Record<FaultKind, UnreachableCode>> = {
  refused: "instance-refused-connection",
  closed: "instance-hung-up",
  timeout: "instance-timed-out",
  "unknown-host": "instance-not-found",
  unresolved: "instance-not-found",
  untrusted: "instance-untrusted",
  expired: "instance-untrusted",
  "other-name": "instance-untrusted",
  "not-tls": "instance-not-tls",
  "not-http": "instance-not-http",
  tls: "instance-unreachable",
  unreachable: "instance-unreachable",
  unsendable: "instance-unreachable",
  other: "instance-unreachable",
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
    return new RefusedError("answer-too-large", { host }, { cause: error });
  }
  const fault = readFault(error, host);
  const proxied = proxy === undefined ? undefined : proxyError(error, { host, proxy }, fault);
  if (proxied !== undefined) return proxied;
  return new UnreachableError(codes[fault.kind], { why: fault.message, kind: fault.kind }, { cause: error });
}

function proxyError(
  cause: unknown,
  { host, proxy }: { readonly host: string; readonly proxy: string },
  { kind }: TransportFault,
): UnreachableError | undefined {
  // undici says it in words alone: “Proxy response (407) !== 200 when HTTP Tunneling”.
  const status = cause instanceof Error ? /^Proxy response \((\d+)\)/.exec(cause.message)?.[1] : undefined;
  if (status !== undefined) {
    return new UnreachableError("proxy-refused", { proxy, host, status: Number(status) }, { cause });
  }
  if (!nearKinds.has(kind)) return undefined;
  return new UnreachableError("proxy-unreachable", { proxy, hostname: host.replace(/:\d+$/, "") }, { cause });
}
