// A bare HTTP server that keeps what it gets and answers what it is told: the other end of real deliveries.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

/** One request as it arrived. */
export interface ReceivedRequest {
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly rawHeaders: readonly string[];
  readonly headers: IncomingMessage["headers"];
  readonly text: string;
  /** The parsed text, an empty object when there is none. */
  readonly json: Record<string, unknown>;
}

export interface RecordingReceiver extends AsyncDisposable {
  readonly url: string;
  readonly requests: ReceivedRequest[];
  /** Resolves once that many requests have come, counted from the start. */
  received(count: number): Promise<void>;
}

/** Answers 204 unless `answer` does something else. */
export async function startRecordingReceiver(
  answer: (request: ReceivedRequest, response: ServerResponse) => void = (_request, response) =>
    void response.writeHead(204).end(),
): Promise<RecordingReceiver> {
  const requests: ReceivedRequest[] = [];
  let waiting: { readonly count: number; readonly resolve: () => void }[] = [];
  async function receive(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = (await buffer(incoming)).toString("utf8");
    const { method = "", url = "", rawHeaders, headers } = incoming;
    const json = text === "" ? {} : (JSON.parse(text) as Record<string, unknown>);
    const request = { at: Date.now(), method, path: url, rawHeaders, headers, text, json };
    requests.push(request);
    answer(request, response);
    const ready = waiting.filter(({ count }) => requests.length >= count);
    waiting = waiting.filter(({ count }) => requests.length < count);
    for (const { resolve } of ready) resolve();
  }
  const server = createServer((incoming, response) => void receive(incoming, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    received: (count) =>
      requests.length >= count ? Promise.resolve() : new Promise((resolve) => void waiting.push({ count, resolve })),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
