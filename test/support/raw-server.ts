// A server of bare sockets: it sees every byte of a request, and answers whatever bytes a test likes.
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";

/** One request as it was received. */
export interface RawRequest {
  /** `POST /path HTTP/1.1` */
  readonly line: string;
  /** In order and case. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
  /** All of it, head and body. */
  readonly bytes: Buffer;
  /** Counts the connections from 0, to see which request came over which. */
  readonly connection: number;
}

/** What a request is answered with: bytes to write as they are, or something to do with the socket. */
export type RawAnswer = string | ((socket: Socket) => void);

export interface RawServer {
  /** With a slash at the end. */
  readonly url: string;
  readonly port: number;
  readonly requests: readonly RawRequest[];
  readonly connections: () => number;
  close(): Promise<void>;
}

/** Takes one whole request off the buffer's start, if there is one; the head's bytes are Latin-1. */
function takeRequest(bytes: Buffer, connection: number): { request: RawRequest; rest: Buffer } | undefined {
  const headEnd = bytes.indexOf("\r\n\r\n");
  if (headEnd === -1) return undefined;
  const [line = "", ...lines] = bytes.subarray(0, headEnd).toString("latin1").split("\r\n");
  const headers = lines.map((header) => {
    const colon = header.indexOf(":");
    return [header.slice(0, colon), header.slice(colon + 1).trim()] as const;
  });
  const length = Number(headers.find(([name]) => name.toLowerCase() === "content-length")?.[1] ?? 0);
  const end = headEnd + 4 + length;
  if (bytes.length < end) return undefined;
  return {
    request: {
      line,
      headers,
      body: Buffer.from(bytes.subarray(headEnd + 4, end)),
      bytes: Buffer.from(bytes.subarray(0, end)),
      connection,
    },
    rest: bytes.subarray(end),
  };
}

/** Listens on a free port of 127.0.0.1 (or `host`). `answer` is asked once per whole request. */
export async function startRawServer(
  answer: (request: RawRequest, index: number) => RawAnswer,
  host = "127.0.0.1",
): Promise<RawServer> {
  const requests: RawRequest[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer({ noDelay: true }, (socket) => {
    const connection = connections++;
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => {});
    let bytes: Buffer = Buffer.alloc(0);
    socket.on("data", (chunk) => {
      bytes = Buffer.concat([bytes, chunk]);
      for (let taken = takeRequest(bytes, connection); taken; taken = takeRequest(bytes, connection)) {
        bytes = taken.rest;
        requests.push(taken.request);
        const reply = answer(taken.request, requests.length - 1);
        if (typeof reply === "string") socket.write(reply, "latin1");
        else reply(socket);
      }
    });
  });
  server.listen(0, host);
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${port}/`,
    port,
    requests,
    connections: () => connections,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      if (server.listening) await once(server, "close");
    },
  };
}

/** An answer with a status, headers, and no body unless given. */
export function answerWith(status: number, headers: Readonly<Record<string, string>> = {}, body = ""): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const length = status === 204 || status === 304 ? "" : `content-length: ${Buffer.byteLength(body)}\r\n`;
  return `HTTP/1.1 ${status} Whatever\r\n${lines.join("")}${length}\r\n${body}`;
}

/** A port of 127.0.0.1 on which nobody listens: it was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
