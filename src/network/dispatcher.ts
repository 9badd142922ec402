// Connections as the user's network wants them, over undici. Apart from the rest, since undici takes long to load.
import { Agent, type Dispatcher, EnvHttpProxyAgent } from "undici";
import { type Network, parseProxy, proxyFor, trustOf } from "./network.js";

/** Limits of a connection, besides those of the network. */
export interface ConnectionLimits {
  /** An answer that is longer is an error. */
  readonly maxAnswerBytes?: number | undefined;
  /** Until the connection is there, TLS included. */
  readonly connectTimeoutMs?: number | undefined;
  /** How many at the most are open at once. Default: as many as it takes. */
  readonly connections?: number | undefined;
}

/**
 * What undici makes connections to `origin` with. It has no limits of time of its own but the one for connecting. What is
 * on this machine is never reached through a proxy, which would look for it on its own machine.
 * @throws UsageError `bad-proxy`
 */
export function createDispatcher(origin: string, network: Network, limits: ConnectionLimits = {}): Dispatcher {
  const trust = trustOf(network);
  const timeout = limits.connectTimeoutMs === undefined ? {} : { timeout: limits.connectTimeoutMs };
  const options = {
    ...(limits.connections === undefined ? {} : { connections: limits.connections }),
    ...(limits.maxAnswerBytes === undefined ? {} : { maxResponseSize: limits.maxAnswerBytes }),
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: { ...timeout, ...trust },
  };
  const url = new URL(origin);
  if (proxyFor(url, network) === undefined) return new Agent(options);
  const href = (proxy: string | undefined): string => (proxy === undefined ? "" : parseProxy(proxy).href);
  return new EnvHttpProxyAgent({
    ...options,
    httpProxy: href(network.httpProxy),
    httpsProxy: href(network.httpsProxy),
    noProxy: network.noProxy ?? "",
    requestTls: trust,
    proxyTls: timeout,
  });
}
