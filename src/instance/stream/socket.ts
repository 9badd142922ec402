// The WebSocket that the official client runs on: it adds what that can't do (a token in a header, a sign of life, a
// confirmed channel) and keeps from it what it can't take (a message that isn't one).
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { type Dispatcher, ping, WebSocket } from "undici";
import { userAgent } from "../api-client.js";
import { isObject, type StreamTokenPlace } from "../../protocol/index.js";
import type { Secret } from "../secret.js";

/** How sockets are made, and who hears of them. */
export interface SocketOptions {
  readonly token: Secret;
  /** A server that takes none from there leaves the stream anonymous, or refuses it. */
  readonly tokenIn: StreamTokenPlace;
  readonly dispatcher: Dispatcher;
  /** Ping this often, and give up once nothing at all was heard for that long. */
  readonly life: { readonly pingEveryMs: number; readonly silenceMs: number };
  /** The server confirmed a channel, by the connection's id. */
  readonly onConfirmed: (channelId: string) => void;
  /** The socket can't be used any more; told once. */
  readonly onGone: (reason: string) => void;
}

/** A message of `/streaming`. */
interface StreamMessage {
  readonly type: string;
  readonly body: unknown;
}

/** The message, undefined when it has not the shape that every server's messages have. */
function readMessage(data: unknown): StreamMessage | undefined {
  if (typeof data !== "string") return undefined;
  try {
    const { type, body } = JSON.parse(data) as Record<string, unknown>;
    if (typeof type !== "string") return undefined;
    return type !== "channel" || (isObject(body) && typeof body["type"] === "string") ? { type, body } : undefined;
  } catch {
    return undefined;
  }
}

/** Channels are connected with `pong`, so that the server confirms them: to an anonymous stream it just sends nothing. */
function askForConfirmation(data: unknown): unknown {
  const message = readMessage(data);
  if (message?.type !== "connect" || !isObject(message.body)) return data;
  return JSON.stringify({ ...message, body: { ...message.body, pong: true } });
}

const pongs = "undici:websocket:pong";
const pings = "undici:websocket:ping";

function whyClosed({ code, reason }: { readonly code: number; readonly reason: string }): string {
  if (code === 1006) return reason === "" ? "the connection broke" : `the connection broke: ${reason}`;
  return reason === "" ? `the server closed it (${code})` : `the server closed it (${code}): ${reason}`;
}

/** A class of sockets, since a class is what the client wants. */
export function socketClass(options: SocketOptions): typeof WebSocket {
  const { token, tokenIn, dispatcher, life, onConfirmed } = options;
  return class StreamSocket extends WebSocket {
    #heardAt = performance.now();
    #gone = false;

    constructor(address: string | URL) {
      const url = new URL(address);
      if (tokenIn === "url") url.searchParams.set("i", token.reveal());
      const authorization = tokenIn === "header" ? { authorization: `Bearer ${token.reveal()}` } : {};
      super(url, {
        protocols: tokenIn === "protocol" ? [token.reveal()] : [],
        headers: { "user-agent": userAgent, ...authorization },
        dispatcher,
      });
      this.addEventListener("open", () => this.#watchLife());
      this.addEventListener("message", (event) => {
        this.#heard();
        const message = readMessage(event.data);
        if (message === undefined) event.stopImmediatePropagation();
        else if (message.type === "connected" && isObject(message.body)) onConfirmed(String(message.body["id"]));
      });
      // The client would connect again after an error, at once and for ever; when to do that is our own decision.
      this.addEventListener("error", (event) => event.stopImmediatePropagation());
      this.addEventListener("close", (event) => {
        event.stopImmediatePropagation();
        this.#leave(whyClosed(event));
      });
    }

    override send(data: Parameters<WebSocket["send"]>[0]): void {
      super.send(askForConfirmation(data) as typeof data);
    }

    readonly #heard = (): void => {
      this.#heardAt = performance.now();
    };

    readonly #heardFrame = (frame: unknown): void => {
      if (isObject(frame) && frame["websocket"] === this) this.#heard();
    };

    #timer: NodeJS.Timeout | undefined;

    /** After a sleep of this machine or a lost network nobody closes a connection: it is just silent for ever. */
    #watchLife(): void {
      this.#heard();
      subscribe(pings, this.#heardFrame);
      subscribe(pongs, this.#heardFrame);
      this.#timer = setInterval(() => {
        const silentMs = performance.now() - this.#heardAt;
        if (silentMs < life.silenceMs) ping(this);
        else this.#leave(`nothing was heard for ${Math.round(silentMs / 1000)} s`);
      }, life.pingEveryMs);
    }

    #leave(reason: string): void {
      if (this.#gone) return;
      this.#gone = true;
      clearInterval(this.#timer);
      unsubscribe(pings, this.#heardFrame);
      unsubscribe(pongs, this.#heardFrame);
      options.onGone(reason);
    }
  };
}
