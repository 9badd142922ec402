// How connections to an instance are made: directly or through a proxy, and whom TLS trusts.
import * as tls from "node:tls";
import { Agent, type Dispatcher, EnvHttpProxyAgent } from "undici";
import { UsageError } from "../errors.js";
import { addressKind } from "./address-kind.js";

/** The user's network, as the environment and options describe it. Everything may be left out. */
export interface Network {
  /** For http instances, e.g. `http://proxy.example:3128`; may hold a user name and a password. */
  readonly httpProxy?: string | undefined;
  /** For https instances. */
  readonly httpsProxy?: string | undefined;
  /** Hosts that are reached without a proxy, with commas between them; `*` for all. */
  readonly noProxy?: string | undefined;
  /** Certificates (PEM) to trust besides those that Node trusts. */
  readonly ca?: string | undefined;
  /** Trust any certificate. Default false. */
  readonly insecure?: boolean | undefined;
}

/** The proxies of the environment, as curl and others read them: the lower-case name wins. */
export function networkOfEnv(env: Readonly<Record<string, string | undefined>>): Network {
  const read = (name: string): string | undefined => (env[name] ?? env[name.toUpperCase()])?.trim() || undefined;
  const httpProxy = read("http_proxy");
  return { httpProxy, httpsProxy: read("https_proxy") ?? httpProxy, noProxy: read("no_proxy") };
}

/** The proxy that a URL is reached through, without its credentials; undefined when there is none. */
export function proxyFor(url: URL, network: Network): string | undefined {
  const proxy = url.protocol === "https:" || url.protocol === "wss:" ? network.httpsProxy : network.httpProxy;
  if (proxy === undefined || isLocal(url) || isExempt(url, network.noProxy)) return undefined;
  return parseProxy(proxy).host;
}

function isLocal({ hostname }: URL): boolean {
  const kind = addressKind(hostname);
  return kind === "localhost" || kind === "loopback";
}

/** As undici's EnvHttpProxyAgent decides it. */
function isExempt(url: URL, noProxy = ""): boolean {
  const port = url.port || (url.protocol === "https:" || url.protocol === "wss:" ? "443" : "80");
  return noProxy.split(/[,\s]+/).some((entry) => {
    const [, name = "", onlyPort] = /^\*?\.?(.*?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? [];
    if (entry === "*") return true;
    if (name === "" || (onlyPort !== undefined && onlyPort !== port)) return false;
    return url.hostname === name || url.hostname.endsWith(`.${name}`);
  });
}

/** Naming an authority would take the place of all others. Node 20 can't tell those of NODE_EXTRA_CA_CERTS. */
function trustedByNode(): readonly string[] {
  const { getCACertificates } = tls as { readonly getCACertificates?: (kind: "default") => string[] };
  return getCACertificates?.("default") ?? tls.rootCertificates;
}

function parseProxy(text: string): URL {
  const withScheme = text.includes("://") ? text : `http://${text}`;
  const url = URL.canParse(withScheme) ? new URL(withScheme) : undefined;
  if (url !== undefined && /^(https?|socks5?):$/.test(url.protocol)) return url;
  throw new UsageError("bad-proxy", "The proxy in HTTPS_PROXY or HTTP_PROXY can't be used.", {
    hint: "Write it as http://proxy.example:3128.",
  });
}

/** Limits of a connection, besides those of the network. */
export interface ConnectionLimits {
  /** An answer that is longer is an error. */
  readonly maxAnswerBytes?: number | undefined;
  /** Until the connection is there, TLS included. */
  readonly connectTimeoutMs?: number | undefined;
}

/**
 * What undici makes connections to `origin` with. It has no limits of time of its own but the one for connecting. An
 * instance on this machine is never reached through a proxy, which would look for it on its own machine.
 * @throws UsageError `bad-proxy`
 */
export function createDispatcher(origin: string, network: Network, limits: ConnectionLimits = {}): Dispatcher {
  const trust = {
    ...(network.ca === undefined ? {} : { ca: [...trustedByNode(), network.ca] }),
    ...(network.insecure === true ? { rejectUnauthorized: false } : {}),
  };
  const timeout = limits.connectTimeoutMs === undefined ? {} : { timeout: limits.connectTimeoutMs };
  const options = {
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
