// The connections of a sender: one request at a time on each, kept alive and reused, all closed at once.
import type { IncomingHttpHeaders } from "node:http";
import type { Socket } from "node:net";
import connectorOf from "undici/lib/core/connect.js";
import Agent from "undici/lib/dispatcher/agent.js";
import type { Dispatcher } from "undici";
import { lateDispatcher, type Network, proxyFor, trustOf } from "../network/index.js";
import type { Answer, Hop } from "./redirect.js";

/** An answer's body is of little interest, but a connection can be used again only once it was read to its end. */
const drainLimit = { bytes: 64 * 1024, ms: 250 } as const;
/** As much of it as may be shown to a person. */
const keptBytes = 2048;

/** Longer than any dialect's time-out (a minute on Misskey 12): only to give up in the end. */
const connectTimeoutMs = 70_000;

/** What a sender needs of the network. */
export interface Connections {
  /**
   * Sends one request. The signal counts until the answer's headers are there, which is when `onHeaders` is called;
   * the promise resolves when the connection is free again, at most 250 ms later.
   * Rejects with the transport's error, or with the signal's reason.
   */
  exchange(hop: Hop, signal: AbortSignal, onHeaders: () => void): Promise<Answer>;
  /** Drops every connection, also those under way. */
  close(): Promise<void>;
}

/** The first `Location`, as Node's own client takes it. */
function locationIn(headers: IncomingHttpHeaders): string | undefined {
  const location: string | readonly string[] | undefined = headers.location;
  return typeof location === "object" ? location[0] : location;
}

/** Connections to any number of receivers. How many are open at once is up to the caller. */
export function openConnections(network: Network = {}): Connections {
  const sockets = new Set<Socket>();
  const connect = connectorOf({ timeout: connectTimeoutMs, ...trustOf(network) });
  // Time-outs are the caller's, since they count for a whole attempt; undici's own are coarse (about a second).
  const agent = new Agent({
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: (options, callback) => {
      const socket = connect(options, callback);
      sockets.add(socket);
      socket.once("close", () => sockets.delete(socket));
    },
  });

  let proxied: Promise<Dispatcher> | undefined;
  async function dispatcherTo({ origin }: URL): Promise<Dispatcher> {
    if (proxyFor(new URL(origin), network) === undefined) return agent;
    proxied ??= lateDispatcher(origin, network, { connectTimeoutMs });
    return proxied;
  }

  async function exchange(hop: Hop, signal: AbortSignal, onHeaders: () => void): Promise<Answer> {
    const { to, delivery } = hop;
    const dispatcher = await dispatcherTo(to);
    return new Promise((resolve, reject) => {
      let abortRequest: ((reason: Error) => void) | undefined;
      const onAbort = (): void => {
        reject(signal.reason as Error);
        abortRequest?.(signal.reason as Error);
      };
      const stopListening = (): void => signal.removeEventListener("abort", onAbort);
      signal.addEventListener("abort", onAbort, { once: true });

      let answer: Omit<Answer, "body"> | undefined;
      let drainedBytes = 0;
      const kept: Buffer[] = [];
      const whole = (head: Omit<Answer, "body">): Answer => ({ ...head, body: Buffer.concat(kept).toString("utf8") });
      let drainTimer: NodeJS.Timeout | undefined;
      dispatcher.dispatch(
        {
          origin: to.origin,
          path: delivery.path,
          method: delivery.method,
          headers: delivery.headers.flat(),
          // A GET without a body announces no length of it.
          body: delivery.method === "GET" && delivery.body.length === 0 ? null : delivery.body,
        },
        {
          onRequestStart: (controller) => {
            if (signal.aborted) controller.abort(signal.reason as Error);
            else abortRequest = (reason) => controller.abort(reason);
          },
          onResponseStart: (controller, status, headers) => {
            if (status < 200) return;
            stopListening();
            onHeaders();
            answer = { status, location: locationIn(headers) };
            drainTimer = setTimeout(() => controller.abort(new Error("the body goes on")), drainLimit.ms);
          },
          onResponseData: (controller, chunk) => {
            if (drainedBytes < keptBytes) kept.push(chunk.subarray(0, keptBytes - drainedBytes));
            drainedBytes += chunk.length;
            if (drainedBytes > drainLimit.bytes) controller.abort(new Error("the body is long"));
          },
          onResponseEnd: () => {
            clearTimeout(drainTimer);
            // undici hands the connection back one turn after this; any sooner, the next request would open another.
            setImmediate(() => setImmediate(() => answer && resolve(whole(answer))));
          },
          onResponseError: (_, error) => {
            clearTimeout(drainTimer);
            stopListening();
            if (answer) resolve(whole(answer));
            else reject(error);
          },
        },
      );
    });
  }

  async function close(): Promise<void> {
    const closed = Promise.all([agent.destroy(), proxied?.then((dispatcher) => dispatcher.destroy())]);
    for (const socket of sockets) socket.destroy();
    await closed;
  }

  return { exchange, close };
}
