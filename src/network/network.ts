// The user's network: which proxy a URL is reached through, and whom TLS trusts.
import { UsageError } from "../errors.js";
import { addressKind } from "./address-kind.js";

/** The user's network, as the environment and options describe it. Everything may be left out. */
export interface Network {
  /** For http://, e.g. `http://proxy.example:3128`; may hold a user name and a password. */
  readonly httpProxy?: string | undefined;
  /** For https://. */
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

/**
 * The URL of a proxy as the environment names it, with or without a scheme.
 * @throws UsageError `bad-proxy`
 */
export function parseProxy(text: string): URL {
  const withScheme = text.includes("://") ? text : `http://${text}`;
  const url = URL.canParse(withScheme) ? new URL(withScheme) : undefined;
  if (url !== undefined && /^(https?|socks5?):$/.test(url.protocol)) return url;
  throw new UsageError("bad-proxy");
}

/**
 * Naming an authority would take the place of all others. Node 20 can't tell those of NODE_EXTRA_CA_CERTS. TLS is loaded
 * here, because few runs need it.
 */
function trustedByNode(): readonly string[] {
  const tls = process.getBuiltinModule("node:tls");
  const { getCACertificates } = tls as { readonly getCACertificates?: (kind: "default") => string[] };
  return getCACertificates?.("default") ?? tls.rootCertificates;
}

/** What TLS is told of whom to trust; empty for what Node itself trusts. */
export function trustOf({ ca, insecure }: Network): { readonly ca?: string[]; readonly rejectUnauthorized?: false } {
  return {
    ...(ca === undefined ? {} : { ca: [...trustedByNode(), ca] }),
    ...(insecure === true ? { rejectUnauthorized: false } : {}),
  };
}
