// A gate in front of a server: it lets requests through, or answers in the server's place.
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";

/** What the gate answers itself. */
export interface GateAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Starts one, closed when the test ends. `answer` is asked for each request; undefined lets it through. */
export async function startGate(
  origin: string,
  answer: (path: string) => GateAnswer | undefined,
): Promise<{ readonly url: string }> {
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = "GET", url = "/" } = request;
    const sent = await text(request);
    const own = answer(url);
    if (own !== undefined) {
      response.writeHead(own.status, own.headers).end(own.body);
      return;
    }
    const headers = { "content-type": request.headers["content-type"] ?? "application/json" };
    const body = method === "GET" ? {} : { body: sent };
    const passed = await fetch(origin + url, { method, headers, ...body });
    response.writeHead(passed.status, { "content-type": passed.headers.get("content-type") ?? "application/json" });
    response.end(await passed.text());
  };
  const server = createServer((request, response) => void serve(request, response));
  await once(server.listen(0, "127.0.0.1"), "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
