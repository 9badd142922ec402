// One connection to an instance's stream, from its opening to its end. It is never mended: the next one is a new one.
import Stream from "misskey-js/streaming.js";
import type { Dispatcher } from "undici";
import { RefusedError, UnreachableError } from "../../errors.js";
import type { StreamTokenPlace } from "../../protocol/index.js";
import type { Secret } from "../secret.js";
import { socketClass } from "./socket.js";
import { mainEvents, type StreamedEvent } from "./streamed-event.js";

/** What a connection is opened with. */
export interface ConnectionOptions {
  readonly origin: string;
  readonly token: Secret;
  readonly tokenIn: StreamTokenPlace;
  /** The account whose notes are picked from its home timeline. */
  readonly userId: string;
  readonly dispatcher: Dispatcher;
  /** Ping this often (default 30 s); silence for that long (default 75 s) ends the connection. */
  readonly life?: { readonly pingEveryMs: number; readonly silenceMs: number } | undefined;
  readonly signal: AbortSignal;
  readonly onEvent: (event: StreamedEvent) => void;
}

/** A connection that stands. */
export interface StreamConnection {
  /** Resolves when it has ended, to the reason in words. Never rejects. */
  readonly ended: Promise<string>;
  /** Ends it; without effect once it has. */
  close(): void;
}

/** The client itself gives up after 4 s, and opens another socket then. */
const openMs = 3900;
/** For the confirmation of the channels, once the socket is open. */
const confirmMs = 5000;
const defaultLife = { pingEveryMs: 30_000, silenceMs: 75_000 } as const;

/**
 * Opens a connection and its channels `main` and `homeTimeline`.
 * @throws UnreachableError `stream-closed`, `stream-timed-out`; RefusedError `stream-anonymous` (it opened, and the
 * channels were not confirmed: the server did not take the token from there). The signal ends it as `stream-closed`.
 */
export function openConnection(options: ConnectionOptions): Promise<StreamConnection> {
  const { origin, signal, userId, onEvent } = options;
  const { host } = new URL(origin);
  return new Promise((resolve, reject) => {
    let end: (reason: string) => void = () => {};
    const ended = new Promise<string>((resolveEnd) => (end = resolveEnd));
    let opened = false;
    const stop = (reason: string): void => {
      clearTimeout(opening);
      signal.removeEventListener("abort", onAbort);
      stream.close();
      end(reason);
      reject(new UnreachableError("stream-closed", { host, reason }));
    };
    const giveUp = (): void => {
      reject(
        opened ? new RefusedError("stream-anonymous", { host }) : new UnreachableError("stream-timed-out", { host }),
      );
      stop("it took too long");
    };
    let opening = setTimeout(giveUp, openMs);
    const onAbort = (): void => stop("it was stopped");

    const stream = new Stream(origin, null, {
      WebSocket: socketClass({
        ...options,
        life: options.life ?? defaultLife,
        onGone: stop,
        onConfirmed: (id) => {
          unconfirmed.delete(id);
          if (unconfirmed.size > 0) return;
          clearTimeout(opening);
          resolve({ ended, close: () => stop("it was closed") });
        },
      }),
    });
    stream.once("_connected_", () => {
      opened = true;
      clearTimeout(opening);
      opening = setTimeout(giveUp, confirmMs);
    });
    const main = stream.useChannel("main");
    for (const type of mainEvents) {
      // Sharkey's `edited` is unknown to the official types.
      main.on(type as "mention", (payload) => onEvent({ type, payload }));
    }
    const homeTimeline = stream.useChannel("homeTimeline");
    homeTimeline.on("note", (note) => {
      if (note.userId === userId) onEvent({ type: "note", payload: note });
    });
    const unconfirmed = new Set([main.id, homeTimeline.id]);
    if (signal.aborted) onAbort();
    signal.addEventListener("abort", onAbort, { once: true });
  });
}
