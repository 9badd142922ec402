// An instance's stream under a test's control: a real server of `i` and of /streaming that says what it is told to.
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";
import { type WebSocket, WebSocketServer } from "ws";

/** How the server behaves. */
export interface StreamServerOptions {
  readonly port?: number;
  /** Where it looks for the token; the other place is ignored, as old servers do. Default: both. */
  readonly tokenIn?: "header" | "url" | "both";
  /** Hangs up on whoever wants to open a stream. */
  readonly refuses?: boolean;
  /** Answers pings. Default true. */
  readonly pongs?: boolean;
}

export interface StreamServer {
  readonly url: string;
  readonly port: number;
  readonly token: string;
  /** Addresses of the upgrade requests, in order. */
  readonly opened: readonly string[];
  /** Sends a message of a channel to everybody who is connected to it. */
  readonly say: (channel: string, type: string, body: unknown) => void;
  /** Sends this very text to everybody. */
  readonly sayRaw: (text: string | Buffer) => void;
  /** Pings everybody, and resolves once all have answered. */
  readonly ping: () => Promise<void>;
  /** Resolves once that many pings were received. */
  readonly pinged: (count: number) => Promise<void>;
  /** Drops the connections that there are. */
  readonly drop: () => void;
  /** From now on the token is no longer valid. */
  readonly revoke: () => void;
  /** Resolves once that many streams were opened and both their channels connected. */
  readonly connected: (count: number) => Promise<void>;
  readonly close: () => Promise<void>;
}

const me = { id: "alice-id", username: "alice" };

/** Starts one, closed when the test ends at the latest. */
export async function startStreamServer(options: StreamServerOptions = {}): Promise<StreamServer> {
  const { port: wanted = 0, tokenIn = "both", pongs = true, refuses = false } = options;
  const token = "stream-server-token";
  let valid = true;
  let complete = 0;
  let pings = 0;
  let waiting: (() => void)[] = [];
  const opened: string[] = [];
  const channels = new Map<WebSocket, Map<string, string>>();

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { i } = JSON.parse(await text(request)) as { i?: string };
    const error = { code: "AUTHENTICATION_FAILED", id: "b0a7f5f8-dc2f-4171-b91f-de88ad238e14", message: "no" };
    const known = valid && i === token;
    response.writeHead(known ? 200 : 401, { "content-type": "application/json" });
    response.end(JSON.stringify(known ? me : { error }));
  };
  const http = createServer((request, response) => void answer(request, response));
  const sockets = new WebSocketServer({ noServer: true, autoPong: pongs });
  http.on("upgrade", (request, socket, head) => {
    opened.push(request.url ?? "");
    if (refuses) {
      socket.destroy();
      return;
    }
    const inUrl = new URL(request.url ?? "/", "http://stream").searchParams.get("i");
    const inHeader = request.headers.authorization?.replace(/^Bearer /, "");
    const given = (tokenIn === "url" ? undefined : inHeader) ?? (tokenIn === "header" ? undefined : inUrl);
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      const own = new Map<string, string>();
      channels.set(webSocket, own);
      webSocket.on("close", () => channels.delete(webSocket));
      webSocket.on("ping", () => {
        pings += 1;
        for (const look of waiting) look();
      });
      webSocket.on("message", (data: Buffer) => {
        const { type, body } = JSON.parse(data.toString()) as { type: string; body: { id: string; channel: string } };
        if (type !== "connect" || given !== token) return;
        own.set(body.id, body.channel);
        webSocket.send(JSON.stringify({ type: "connected", body: { id: body.id } }));
        if (own.size < 2) return;
        complete += 1;
        for (const look of waiting) look();
      });
    });
  });
  await new Promise<void>((resolve) => http.listen(wanted, "127.0.0.1", resolve));
  const { port } = http.address() as AddressInfo;

  const drop = (): void => {
    for (const socket of channels.keys()) socket.terminate();
  };
  const close = async (): Promise<void> => {
    drop();
    http.closeAllConnections();
    await new Promise((resolve) => http.close(resolve));
  };
  const reached = (is: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (!is()) return;
        waiting = waiting.filter((other) => other !== look);
        resolve();
      };
      waiting.push(look);
      look();
    });
  onTestFinished(close);
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    token,
    opened,
    say: (channel, type, body) => {
      for (const [socket, own] of channels) {
        for (const [id, name] of own) {
          if (name === channel) socket.send(JSON.stringify({ type: "channel", body: { id, type, body } }));
        }
      }
    },
    sayRaw: (raw) => {
      for (const socket of channels.keys()) socket.send(raw);
    },
    ping: async () => {
      await Promise.all(
        Array.from(channels.keys(), (socket) => {
          socket.ping();
          return once(socket, "pong");
        }),
      );
    },
    drop,
    revoke: () => void (valid = false),
    connected: (count) => reached(() => complete >= count),
    pinged: (count) => reached(() => pings >= count),
    close,
  };
}
