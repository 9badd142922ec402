// An instance made of recordings: a real HTTP server that answers each endpoint as a recorded server once did.
import { readFileSync } from "node:fs";
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

/** A request as the replay server saw it. */
export interface SeenRequest {
  readonly method: string;
  /** The path without `/api/`; of other paths, without the slash. */
  readonly endpoint: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Record<string, unknown>;
}

/** Which recordings answer an endpoint: one for ever, or several in turn (the last for ever). */
export type Answers = Readonly<Record<string, string | readonly string[]>>;

interface RecordedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

const recordings = fileURLToPath(new URL("../../fixtures/recorded/", import.meta.url));

/** The answer in `fixtures/recorded/<server>/api/<name>.json`. */
export function recordedAnswer(server: string, name: string): RecordedAnswer {
  const recording = JSON.parse(readFileSync(`${recordings}${server}/api/${name}.json`, "utf8")) as {
    status: number;
    headers?: Record<string, string>;
    responseHeaders?: Record<string, string>;
    body: unknown;
    bodyRaw?: string;
  };
  const { status, headers, responseHeaders, body, bodyRaw } = recording;
  return {
    status,
    headers: headers ?? responseHeaders ?? {},
    text: bodyRaw ?? (typeof body === "string" ? body : JSON.stringify(body)),
  };
}

const notReplayed = new Set(["connection", "content-length", "keep-alive", "transfer-encoding"]);

/**
 * Starts an instance that answers as `server` (a folder of fixtures/recorded) did. Endpoints that `answers` doesn't
 * name are answered as `unknown-endpoint` was. Close it with `await using`.
 */
export async function startReplayServer(server: string, answers: Answers) {
  const requests: SeenRequest[] = [];
  const turns = new Map<string, number>();
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const endpoint = (request.url ?? "").replace(/^\/(api\/)?/, "");
    const body = JSON.parse((await text(request)) || "{}") as Record<string, unknown>;
    requests.push({ method: request.method ?? "", endpoint, headers: request.headers, body });
    const names = [answers[endpoint] ?? "unknown-endpoint"].flat();
    const turn = turns.get(endpoint) ?? 0;
    turns.set(endpoint, turn + 1);
    const recorded = recordedAnswer(server, names[Math.min(turn, names.length - 1)] ?? "unknown-endpoint");
    for (const [name, value] of Object.entries(recorded.headers)) {
      if (!notReplayed.has(name)) response.setHeader(name, value);
    }
    response.writeHead(recorded.status).end(recorded.text);
  }
  const http = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => {
    http.listen(0, "127.0.0.1", resolve);
  });
  const { port } = http.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    async [Symbol.asyncDispose]() {
      http.closeAllConnections();
      await new Promise((resolve) => {
        http.close(resolve);
      });
    },
  };
}
