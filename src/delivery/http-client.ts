// Requests over connections that are kept and used again. Node's own client writes the headers as they are given, byte
// for byte, and loads quickly; undici is there for those who need a proxy.
import { Agent, type ClientRequest, type IncomingMessage, request as requestPlain } from "node:http";
import type { Dispatcher } from "undici";
import { lateDispatcher, type Network, proxyFor, trustOf } from "../network/index.js";
import { type HeaderPair, headerPairs, transportHeaders, type WireDelivery } from "../protocol/index.js";

/** Told how a request goes on. Either `onEnd` or `onError` is the last. */
export interface Watcher {
  /** The connection is there, and the request goes out. */
  readonly onStart?: () => void;
  /** The headers of the answer, informational ones left out. */
  readonly onHeaders: (status: number, headers: readonly HeaderPair[]) => void;
  readonly onData: (chunk: Uint8Array) => void;
  /** The answer is whole, and its connection free again. */
  readonly onEnd: () => void;
  readonly onError: (error: Error) => void;
}

/** Ends a request that is under way; its watcher is told of the reason. */
export type Abort = (reason: Error) => void;

/** What requests are sent with. It has no time limits of its own. */
export interface HttpClient {
  /** Sends one request to the host of `to`. */
  readonly dispatch: (delivery: WireDelivery, to: URL, watcher: Watcher) => Abort;
  /** Drops every connection, also those under way. */
  readonly close: () => Promise<void>;
}

/** As long as undici and Node's fetch keep a connection that nobody uses. */
const idleMs = 4000;
const connectTimeoutMs = 70_000;

/** Calls each function of the watcher as often as it may be called, whatever the transport emits. */
function onceOver(watcher: Watcher): Watcher {
  let open = true;
  const last = (tell: () => void): void => {
    if (!open) return;
    open = false;
    tell();
  };
  return {
    ...watcher,
    onEnd: () => last(() => watcher.onEnd()),
    onError: (error) => last(() => watcher.onError(error)),
  };
}

function closedEarly(): Error {
  return Object.assign(new Error("the connection was closed"), { code: "ECONNRESET" });
}

function watchAnswer(answer: IncomingMessage, watcher: Watcher): void {
  watcher.onHeaders(answer.statusCode ?? 0, headerPairs(answer.rawHeaders));
  answer.on("data", watcher.onData);
  answer.on("error", watcher.onError);
  answer.on("close", () => {
    // The connection goes back to the others in the turn after the answer's end.
    if (answer.complete) setImmediate(watcher.onEnd);
    else watcher.onError(closedEarly());
  });
}

interface NodeRequests {
  readonly agent: Agent;
  readonly request: typeof requestPlain;
}

/** Node's own client for `http:` and `https:`; TLS is loaded when it is first needed. */
function nodeClient(network: Network, connections: number): HttpClient {
  const options = { keepAlive: true, timeout: idleMs, maxSockets: connections };
  const plain: NodeRequests = { agent: new Agent(options), request: requestPlain };
  let secure: NodeRequests | undefined;
  const secured = (): NodeRequests => {
    const https = process.getBuiltinModule("node:https");
    secure ??= { agent: new https.Agent({ ...options, ...trustOf(network) }), request: https.request };
    return secure;
  };
  const underWay = new Set<ClientRequest>();

  const dispatch: HttpClient["dispatch"] = (delivery, to, given) => {
    const watcher = onceOver(given);
    const { agent, request } = to.protocol === "https:" ? secured() : plain;
    let outgoing: ClientRequest;
    try {
      outgoing = request({
        protocol: to.protocol,
        hostname: to.hostname.replace(/^\[|\]$/g, ""),
        port: to.port,
        path: delivery.path,
        method: delivery.method,
        headers: transportHeaders(delivery, to.host) as never,
        agent,
      });
    } catch (error) {
      setImmediate(() => watcher.onError(error as Error));
      return () => {};
    }
    underWay.add(outgoing);
    outgoing.on("socket", (socket) => {
      if (socket.connecting)
        socket.once(to.protocol === "https:" ? "secureConnect" : "connect", () => watcher.onStart?.());
      else watcher.onStart?.();
    });
    let answered = false;
    outgoing.on("response", (answer) => {
      answered = true;
      watchAnswer(answer, watcher);
    });
    outgoing.on("error", watcher.onError);
    outgoing.on("close", () => {
      underWay.delete(outgoing);
      if (!answered) watcher.onError(closedEarly());
    });
    outgoing.end(delivery.body);
    return (reason) => {
      watcher.onError(reason);
      outgoing.destroy(reason);
    };
  };

  return {
    dispatch,
    close: () => {
      for (const outgoing of underWay) outgoing.destroy(closedEarly());
      plain.agent.destroy();
      secure?.agent.destroy();
      return Promise.resolve();
    },
  };
}

function pairsOf(headers: Readonly<Record<string, string | string[] | undefined>>): HeaderPair[] {
  return Object.entries(headers).flatMap(([name, value]) => [value ?? []].flat().map((one): HeaderPair => [name, one]));
}

/** By way of the user's proxy. undici puts the transport's headers in places of its own. */
function proxyClient(network: Network, connections: number): HttpClient {
  let dispatcher: Promise<Dispatcher> | undefined;
  const dispatch: HttpClient["dispatch"] = ({ method, path, headers, body }, to, given) => {
    const watcher = onceOver(given);
    let aborted: Error | undefined;
    let stop: Abort | undefined;
    const limits = { connectTimeoutMs, ...(Number.isFinite(connections) ? { connections } : {}) };
    dispatcher ??= lateDispatcher(to.origin, network, limits);
    const sendBody = method === "GET" && body.length === 0 ? null : body;
    void dispatcher.then(
      (proxy) =>
        proxy.dispatch(
          { origin: to.origin, path, method, headers: headers.flat(), body: sendBody },
          {
            onRequestStart: (controller) => {
              if (aborted !== undefined) return controller.abort(aborted);
              stop = (reason) => controller.abort(reason);
              watcher.onStart?.();
            },
            onResponseStart: (_, status, received) => {
              if (status >= 200) watcher.onHeaders(status, pairsOf(received));
            },
            onResponseData: (_, chunk) => watcher.onData(chunk),
            // undici hands the connection back one turn after this; any sooner, the next request would open another.
            onResponseEnd: () => void setImmediate(() => setImmediate(watcher.onEnd)),
            onResponseError: (_, error) => watcher.onError(error),
          },
        ),
      watcher.onError,
    );
    return (reason) => {
      aborted = reason;
      watcher.onError(reason);
      stop?.(reason);
    };
  };
  return { dispatch, close: async () => (await dispatcher)?.destroy() };
}

/**
 * Opens nothing yet: connections come with the requests.
 * @param connections how many at the most are open to one host at once; default: as many as it takes
 */
export function openHttpClient(network: Network = {}, connections: number = Number.POSITIVE_INFINITY): HttpClient {
  const direct = nodeClient(network, connections);
  const proxied = proxyClient(network, connections);
  return {
    dispatch: (delivery, to, watcher) =>
      (proxyFor(to, network) === undefined ? direct : proxied).dispatch(delivery, to, watcher),
    close: async () => {
      await Promise.all([direct.close(), proxied.close()]);
    },
  };
}
