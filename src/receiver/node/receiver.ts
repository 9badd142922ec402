// The receiver as a server: it listens, keeps time-outs, closes gracefully, and emits an event per request.
import { EventEmitter } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { answerText } from "../core/answer-text.js";
import type { Refusal } from "../core/decide.js";
import { type DeliveryEvent, deliveryEvent } from "../core/delivery-event.js";
import type { HandlerOptions } from "../core/policy.js";
import type { Abandon } from "./exchange.js";
import { listenError, refusalOfFault } from "./faults.js";
import { createHandler, noRequest, type ReceivedRequest } from "./handler.js";

/** What a receiver of its own server takes besides the rules. */
export interface ReceiverOptions extends HandlerOptions {
  /** Until the headers are there. Default 10 s. */
  readonly headersTimeoutMs?: number | undefined;
  /** Until the whole request is there, headers included. Default 10 s. */
  readonly requestTimeoutMs?: number | undefined;
  /** How long `close()` lets the requests under way finish. Default 1.5 s. */
  readonly closeTimeoutMs?: number | undefined;
}

/** Where a receiver listens. */
export interface ReceiverAddress {
  /** What to register as the hook's URL, with the path if there is one: `http://127.0.0.1:4649/`. */
  readonly url: string;
  readonly port: number;
}

/** Keep-alive outlasts the pauses of a server that reuses its connections. */
const keepAliveTimeoutMs = 65_000;

/** A webhook receiver over node:http. Emits `delivery` for each request once it was answered. */
export class Receiver extends EventEmitter<{ delivery: [event: DeliveryEvent, request: ReceivedRequest] }> {
  readonly #options: ReceiverOptions;
  readonly #now: () => number;
  readonly #server: Server;
  readonly #handle: (request: IncomingMessage, response: ServerResponse) => Abandon;
  /** Requests that have a head and no answer yet, by connection. */
  readonly #underWay = new Map<Duplex, Abandon>();
  /** Connections whose request was answered before its body was whole. */
  readonly #answeredEarly = new WeakSet<Duplex>();
  #closed: Promise<void> | undefined;

  /** @throws UsageError `no-secret` */
  constructor(options: ReceiverOptions) {
    super();
    this.#options = options;
    this.#now = options.now ?? Date.now;
    this.#handle = createHandler(options, (event, request) => this.emit("delivery", event, request));
    const requestTimeout = options.requestTimeoutMs ?? 10_000;
    const headersTimeout = Math.min(options.headersTimeoutMs ?? 10_000, requestTimeout);
    const connectionsCheckingInterval = Math.min(500, Math.ceil(headersTimeout / 2));
    this.#server = createServer({
      requestTimeout,
      headersTimeout,
      connectionsCheckingInterval,
      keepAliveTimeout: keepAliveTimeoutMs,
    });
    this.#server.on("request", this.#onRequest);
    this.#server.on("checkExpectation", this.#onRequest);
    this.#server.on("clientError", this.#onClientError);
  }

  /**
   * Starts to listen. Port 0 takes any free one.
   * @throws LocalError `port-in-use`, `port-not-allowed`, `host-not-local`, `cannot-listen`
   */
  listen(where: { readonly host?: string | undefined; readonly port: number }): Promise<ReceiverAddress> {
    const { host = "127.0.0.1", port } = where;
    return new Promise((resolve, reject) => {
      const fail = (error: NodeJS.ErrnoException): void => reject(listenError(error, host, port));
      this.#server.once("error", fail);
      this.#server.listen({ host, port }, () => {
        this.#server.off("error", fail);
        resolve(this.#address());
      });
    });
  }

  /** Stops accepting, lets the requests under way finish for `closeTimeoutMs`, and then cuts what is left. */
  close(): Promise<void> {
    this.#closed ??= new Promise((resolve) => {
      const cut = setTimeout(() => this.#server.closeAllConnections(), this.#options.closeTimeoutMs ?? 1500);
      this.#server.close(() => {
        clearTimeout(cut);
        resolve();
      });
      this.#cutWhenIdle();
    });
    return this.#closed;
  }

  #address(): ReceiverAddress {
    const { address, family, port } = this.#server.address() as AddressInfo;
    const anywhere = address === "0.0.0.0" || address === "::";
    const host = anywhere ? "127.0.0.1" : family === "IPv6" ? `[${address}]` : address;
    return { url: `http://${host}:${port}${this.#options.path ?? "/"}`, port };
  }

  #cutWhenIdle(): void {
    if (this.#underWay.size === 0) this.#server.closeAllConnections();
  }

  readonly #onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    const { socket } = request;
    const abandon = this.#handle(request, response);
    this.#underWay.set(socket, abandon);
    response.on("close", () => {
      if (!request.complete) this.#answeredEarly.add(socket);
      if (this.#underWay.get(socket) === abandon) this.#underWay.delete(socket);
      if (this.#closed !== undefined) this.#cutWhenIdle();
    });
  };

  readonly #onClientError = (error: NodeJS.ErrnoException, socket: Duplex & { bytesRead?: number }): void => {
    const refusal = refusalOfFault(error);
    if (refusal === undefined || socket.bytesRead === 0 || this.#answeredEarly.has(socket)) {
      socket.destroy();
      return;
    }
    if (socket.writable) socket.end(rawAnswer(refusal), () => socket.destroy());
    else socket.destroy();
    const abandon = this.#underWay.get(socket);
    if (abandon !== undefined) abandon(refusal);
    else this.emit("delivery", deliveryEvent(refusal, { atMs: this.#now(), bytes: 0, redelivery: false }), noRequest);
  };
}

/** An answer for a connection that has no response object, because no request came of it. */
function rawAnswer(refusal: Refusal): string {
  const text = answerText(refusal);
  const status = `${refusal.status} ${STATUS_CODES[refusal.status] ?? ""}`;
  return `HTTP/1.1 ${status}\r\ncontent-type: text/plain; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(text)}\r\nconnection: close\r\n\r\n${text}`;
}

/**
 * A webhook receiver that isn't listening yet.
 * @throws UsageError `no-secret`
 */
export function createReceiver(options: ReceiverOptions): Receiver {
  return new Receiver(options);
}
