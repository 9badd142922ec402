import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { expect, onTestFinished, test } from "vitest";
import { Forwarder, takesEvent } from "../../src/forward/index.js";
import { resolveDialect } from "../../src/protocol/index.js";

interface Seen {
  readonly path: string;
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
}

async function handler(answer: number): Promise<{ url: URL; seen: Seen[] }> {
  const seen: Seen[] = [];
  const server = createServer((request: IncomingMessage, response) => {
    void buffer(request).then((body) => {
      seen.push({ path: request.url ?? "", rawHeaders: request.rawHeaders, body });
      return response.writeHead(answer).end();
    });
  });
  onTestFinished(() => server.closeAllConnections());
  onTestFinished(() => void server.close());
  await once(server.listen(0, "127.0.0.1"), "listening");
  return { url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`), seen };
}

const { policy } = resolveDialect("misskey");
const body = Buffer.from('{ "n": 1.0, "big": 12345678901234567890, "n": "twice" }\n');
const delivery = {
  method: "POST",
  path: "/bots/7?key=a%20b",
  headers: [
    ["User-Agent", "Misskey-Hooks"],
    ["X-Misskey-Hook-Secret", "s"],
    ["Host", "tunnel.example"],
    ["Connection", "close, X-Hop"],
    ["X-Hop", "1"],
    ["Content-Type", "application/json"],
    ["Content-Length", String(body.length)],
  ],
  body,
} as const;

test("a body goes on byte for byte, with the sender's headers in their order and case, without the connection's", async () => {
  const { url, seen } = await handler(204);
  const forwarder = new Forwarder();
  expect(await forwarder.hand({ route: { url }, delivery, policy })).toMatchObject({ status: 204, ok: true });
  await forwarder.close(Promise.resolve());
  expect(seen[0]?.body).toEqual(body);
  const headers = (seen[0]?.rawHeaders ?? []).join("\n");
  expect(headers).toContain("User-Agent\nMisskey-Hooks\nX-Misskey-Hook-Secret\ns\nContent-Type\napplication/json");
  expect(headers).not.toMatch(/tunnel\.example|X-Hop/);
});

test.each([
  ["", "/bots/7?key=a%20b"],
  ["hook", "/hook?key=a%20b"],
  ["?key=own", "/bots/7?key=own"],
  ["hook?key=own", "/hook?key=own"],
])("a target with “%s” of its own gets %s", async (own, path) => {
  const { url, seen } = await handler(204);
  const forwarder = new Forwarder();
  const answer = await forwarder.hand({ route: { url: new URL(own, url) }, delivery, policy });
  await forwarder.close(Promise.resolve());
  expect(seen[0]?.path).toBe(path);
  expect(answer.url).toBe(new URL(path, url).href);
});

test.each(["*", "http://elsewhere.example/x", "//elsewhere.example/x"])(
  "a request line with %s stays with the target's host",
  async (path) => {
    const { url } = await handler(204);
    const forwarder = new Forwarder();
    const answer = await forwarder.hand({ route: { url }, delivery: { ...delivery, path }, policy });
    await forwarder.close(Promise.resolve());
    expect(new URL(answer.url).host).toBe(url.host);
  },
);

test("a redirect that takes the secret along is told", async () => {
  const { url, seen } = await handler(204);
  const moved = createServer((request, response) => {
    request.resume();
    response.writeHead(307, { location: url.href }).end();
  });
  onTestFinished(() => void moved.close());
  await once(moved.listen(0, "127.0.0.1"), "listening");
  const told: string[] = [];
  const forwarder = new Forwarder({ onRedirect: ({ to }) => void told.push(to) });
  const from = new URL(`http://127.0.0.1:${(moved.address() as AddressInfo).port}/hook?a=1`);
  await forwarder.hand({ route: { url: from }, delivery, policy });
  await forwarder.close(Promise.resolve());
  expect(told).toEqual([url.href]);
  expect(seen).toHaveLength(1);
});

test("closing waits for the handlers, and in a hurry cuts them off", async () => {
  const silent = createServer((request) => void request.resume());
  onTestFinished(() => silent.closeAllConnections());
  onTestFinished(() => void silent.close());
  await once(silent.listen(0, "127.0.0.1"), "listening");
  const url = new URL(`http://127.0.0.1:${(silent.address() as AddressInfo).port}/`);
  const forwarder = new Forwarder();
  const answering = forwarder.hand({ route: { url }, delivery, policy });
  await once(silent, "request");
  await forwarder.close(Promise.resolve(), 0);
  expect(await answering).toMatchObject({ status: null, ok: false, error: expect.stringContaining("Stopped") });
});

test("a route with events takes those alone", () => {
  const url = new URL("http://127.0.0.1/");
  expect(takesEvent({ url }, null)).toBe(true);
  expect(takesEvent({ url, events: ["note"] }, "note")).toBe(true);
  expect(takesEvent({ url, events: ["note"] }, "reply")).toBe(false);
  expect(takesEvent({ url, events: ["note"] }, null)).toBe(false);
});
