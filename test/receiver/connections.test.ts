import { once } from "node:events";
import { connect } from "node:net";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Agent, request } from "undici";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { resolveDialect } from "../../src/protocol/index.js";
import { createHandler, createReceiver, type DeliveryEvent } from "../../src/receiver/index.js";
import { rawExchange } from "../support/raw-exchange.js";
import { recordedDelivery } from "../support/recorded-delivery.js";
import { secret, startReceiver } from "./started-receiver.js";

const mention = recordedDelivery("misskey@2026.3.2/deliveries/mention", secret);

/** A request's head as bytes; the secret in it has a character above ASCII. */
function head(...lines: string[]): Buffer {
  const own = Object.entries(mention.headers).map(([name, value]) => `${name}: ${value}`);
  return Buffer.from(`${["POST / HTTP/1.1", "Host: a", ...own, ...lines].join("\r\n")}\r\n\r\n`, "latin1");
}
const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);

describe("requests that never become one", () => {
  test.each([
    ["no HTTP", "hello\r\n\r\n", 400],
    ["TLS on the plain port", Uint8Array.of(0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xfc, 0x03, 0x03), 400],
    ["a length and chunks", head("Content-Length: 3", "Transfer-Encoding: chunked"), 400],
    ["headers of 20 kB", `POST / HTTP/1.1\r\nHost: a\r\nX: ${"x".repeat(20_000)}\r\n\r\n`, 431],
  ])("%s", async (_, bytes, status) => {
    const { port, events } = await startReceiver();
    expect(statusOf(await rawExchange(port, bytes))).toBe(status);
    expect(events).toMatchObject([{ kind: "delivery", status, ok: false, event: null, bytes: 0 }]);
    expect(events[0]?.reason).toBeTruthy();
  });

  test("a broken chunk in the body belongs to its request", async () => {
    const { port, events } = await startReceiver();
    const bytes = Buffer.concat([head("Transfer-Encoding: chunked"), Buffer.from("2\r\n{}\r\nnonsense\r\n")]);
    expect(statusOf(await rawExchange(port, bytes))).toBe(400);
    expect(events).toMatchObject([{ status: 400, hookId: mention.headers["x-misskey-hook-id"], bytes: 2 }]);
  });

  test("a connection that is opened and closed, or idles, isn't told", async () => {
    const { port, events } = await startReceiver({ headersTimeoutMs: 50, requestTimeoutMs: 50 });
    expect(await rawExchange(port, "")).toBe("");
    const socket = connect(port, "127.0.0.1");
    await once(socket, "connect");
    socket.end();
    await once(socket, "close");
    expect(events).toEqual([]);
  });

  test("a length that lies: too short", async () => {
    const { port, events } = await startReceiver();
    const answer = await rawExchange(
      port,
      Buffer.concat([head("Content-Length: 2"), Buffer.from("{} and more\r\n\r\n")]),
    );
    expect(statusOf(answer)).toBe(400);
    expect(events).toMatchObject([{ status: 400, ok: false }]);
  });

  test("a length that lies: too long", async () => {
    const { port, events } = await startReceiver({ requestTimeoutMs: 50 });
    const answer = await rawExchange(port, Buffer.concat([head("Content-Length: 300"), Buffer.from("{}")]));
    expect(statusOf(answer)).toBe(408);
    expect(events).toMatchObject([{ status: 408, bytes: 2 }]);
  });

  test("headers that never end are cut", async () => {
    const { port, events } = await startReceiver({ headersTimeoutMs: 50 });
    expect(statusOf(await rawExchange(port, "POST / HTTP/1.1\r\nHost: a\r\n"))).toBe(408);
    expect(events).toMatchObject([{ status: 408, ok: false }]);
  });

  test("a sender that goes away in the middle of the body is told once", async () => {
    const { port, next, events } = await startReceiver();
    const told = next();
    const socket = connect(port, "127.0.0.1");
    socket.write(Buffer.concat([head("Content-Length: 300"), Buffer.from("{}")]));
    setTimeout(() => socket.resetAndDestroy(), 20);
    const [event] = await told;
    expect(event).toMatchObject({ status: 400, ok: false, bytes: 2 });
    expect(event.reason).toContain("closed");
    expect(events).toHaveLength(1);
  });
});

describe("a burst", () => {
  test("of 10,000 requests is answered in full", async () => {
    const { url, receiver } = await startReceiver();
    let accepted = 0;
    receiver.on("delivery", ({ ok }) => (accepted += Number(ok)));
    const dispatcher = new Agent({ connections: 64, pipelining: 1 });
    const send = async (): Promise<number> => {
      const { statusCode, body } = await request(url, { method: "POST", ...mention, dispatcher });
      await body.dump();
      return statusCode;
    };
    const statuses = await Promise.all(Array.from({ length: 10_000 }, send));
    expect(new Set(statuses)).toEqual(new Set([204]));
    expect(accepted).toBe(10_000);
    await dispatcher.close();
  });
});

describe("closing", () => {
  test("finishes what is under way, and turns away what is new", async () => {
    const { receiver, port, next } = await startReceiver({ closeTimeoutMs: 60_000 });
    const idle = connect(port, "127.0.0.1");
    await once(idle, "connect");
    const socket = connect(port, "127.0.0.1");
    socket.write(head(`Content-Length: ${Buffer.byteLength(mention.body)}`, "Expect: 100-continue"));
    await once(socket, "data"); // "100 Continue": the head has arrived
    const closed = receiver.close();
    const told = next();
    socket.write(mention.body);
    const [[event], [answer]] = await Promise.all([told, once(socket, "data") as Promise<[Buffer]>]);
    await closed;
    expect([event.status, statusOf(answer.toString())]).toEqual([204, 204]);
    expect((await once(connect(port, "127.0.0.1"), "error"))[0]).toMatchObject({ code: "ECONNREFUSED" });
  });

  test("cuts what does not finish in time", async () => {
    const { receiver, port } = await startReceiver({ closeTimeoutMs: 30 });
    const socket = connect(port, "127.0.0.1");
    socket.on("error", () => {});
    socket.write(head("Content-Length: 300", "Expect: 100-continue"));
    await once(socket, "data");
    const cut = once(socket, "close");
    await receiver.close();
    await cut;
  });

  test("waits as long as it is told to, and else for 1.5 s", async () => {
    const waits = vi.spyOn(globalThis, "setTimeout");
    onTestFinished(() => {
      waits.mockRestore();
    });
    for (const [options, ms] of [
      [{ closeTimeoutMs: 4321 }, 4321],
      [{}, 1500],
    ] as const) {
      const { receiver } = await startReceiver(options);
      waits.mockClear();
      await receiver.close();
      expect(waits).toHaveBeenCalledWith(expect.any(Function), ms);
    }
  });

  test("may be asked for twice", async () => {
    const { receiver } = await startReceiver();
    await Promise.all([receiver.close(), receiver.close()]);
  });
});

describe("an address that can't be had", () => {
  test("a taken port", async () => {
    const { port } = await startReceiver();
    const error = await createReceiver({ secrets: [""] })
      .listen({ port })
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "port-in-use", outcome: "local", hint: expect.stringContaining("--port 0") });
  });

  test("a host that is elsewhere", async () => {
    const listening = createReceiver({ secrets: [""] }).listen({ port: 0, host: "192.0.2.1" });
    await expect(listening).rejects.toMatchObject({ code: "host-not-local", outcome: "local" });
  });

  test("no secret at all", () => {
    expect(() => createReceiver({ secrets: [] })).toThrow(expect.objectContaining({ code: "no-secret" }));
  });
});

test("the handler works in a server of one's own", async () => {
  const events: DeliveryEvent[] = [];
  const server = createServer(createHandler({ secrets: [secret] }, (event) => events.push(event)));
  onTestFinished(() => void server.close());
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${port}/`, { method: "POST", ...mention });
  expect(response.status).toBe(204);
  expect(events).toMatchObject([{ ok: true, event: "mention" }]);
});

test("a fault of ours is answered and named, and the receiver lives on", async () => {
  const as = new Proxy(resolveDialect("misskey"), {
    get: (dialect, key) => {
      if (key === "envelope") throw new Error("out of order");
      return Reflect.get(dialect, key) as unknown;
    },
  });
  const { url, next } = await startReceiver({ as });
  const told = next();
  const response = await fetch(url, { method: "POST", ...mention });
  expect(response.status).toBe(500);
  expect((await told)[0].reason).toContain("out of order");
});
