// The sender against real sockets: what each kind of answer, and none, comes to.
import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, createServer } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { createSender, type DeliverOptions, type DeliveryProgress, type Sender } from "../../src/delivery/index.js";
import { requestHeaders, resolveDialect, type WireDelivery } from "../../src/protocol/index.js";
import { manualClock } from "../support/manual-clock.js";
import { answerWith, freePort, type RawServer, startRawServer } from "../support/raw-server.js";

const misskey = resolveDialect("misskey");
const headers = requestHeaders(misskey, { host: "misskey.example", hookId: "9hook", secret: "a secret" });
const body = Buffer.from('{"type":"note","body":{"note":{"text":"ノート"}}}');
const delivery: WireDelivery = { method: "POST", path: "/", headers, body };
const single: DeliverOptions = { policy: misskey.policy, retry: false };

const cleanUps: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
});
function sender(options?: Parameters<typeof createSender>[0]): Sender {
  const made = createSender(options);
  cleanUps.push(() => made.close());
  return made;
}
async function server(...args: Parameters<typeof startRawServer>): Promise<RawServer> {
  const started = await startRawServer(...args);
  cleanUps.push(() => started.close());
  return started;
}

describe("an answer", () => {
  it.each([200, 201, 202, 204, 299])("%i is delivered", async (status) => {
    const { url } = await server(() => answerWith(status));
    const { outcome, attempts } = await sender().deliver(delivery, url, single);
    expect(outcome).toBe("delivered");
    expect(attempts).toEqual([{ n: 1, status, ms: expect.any(Number) as number, redirects: [] }]);
  });

  it.each([300, 301, 304, 400, 401, 403, 404, 410, 418, 422, 429, 500, 502, 503, 599])(
    "%i is refused",
    async (status) => {
      const { url } = await server(() => answerWith(status));
      const { outcome, attempts } = await sender().deliver(delivery, url, single);
      expect([outcome, attempts[0].status]).toEqual(["refused", status]);
    },
  );

  it("counts from its headers, however slow or long its body", async () => {
    const { url } = await server(() => (socket) => {
      socket.write("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n");
      const drip = setInterval(() => socket.write("1\r\nx\r\n"), 10);
      socket.on("close", () => clearInterval(drip));
    });
    const { outcome } = await sender().deliver(delivery, url, { ...single, timeoutMs: 2000 });
    expect(outcome).toBe("delivered");
  });

  it("is waited for past informational ones", async () => {
    const { url } = await server(() => `HTTP/1.1 103 Early Hints\r\nlink: </>\r\n\r\n${answerWith(202)}`);
    const { attempts } = await sender().deliver(delivery, url, single);
    expect(attempts[0].status).toBe(202);
  });
});

describe("no answer", () => {
  const failing: readonly [name: string, code: string, answer: Parameters<typeof startRawServer>[0]][] = [
    ["a reset", "closed-connection", () => (socket) => socket.resetAndDestroy()],
    ["a closed connection", "closed-connection", () => (socket) => socket.end()],
    [
      "a connection closed within the headers",
      "closed-connection",
      () => (socket) => socket.end("HTTP/1.1 200 OK\r\nx: "),
    ],
    ["silence", "timeout", () => () => {}],
    [
      "endless headers",
      "timeout",
      () => (socket) => {
        socket.write("HTTP/1.1 200 OK\r\n");
        const drip = setInterval(() => socket.write("x: y\r\n"), 20);
        socket.on("close", () => clearInterval(drip));
      },
    ],
    ["garbage", "not-http", () => "SSH-2.0-OpenSSH_9.6\r\n"],
    ["a bad status line", "not-http", () => "HTTP/1.1 abc\r\n\r\n"],
    ["huge headers", "not-http", () => answerWith(200, { x: "y".repeat(100_000) })],
  ];
  it.each(failing)("%s is failed, as %s", async (_, code, answer) => {
    const { url, port } = await server(answer);
    const { outcome, attempts } = await sender().deliver(delivery, url, { ...single, timeoutMs: 300 });
    expect(outcome).toBe("failed");
    expect(attempts[0]).toMatchObject({ status: null, error: { code } });
    expect(attempts[0].error?.message).toContain(String(port));
    // Its own time-out, not the policy's.
    if (code === "timeout") expect(attempts[0].error?.message).toContain("within 300 ms");
  });

  it("nobody listening is failed", async () => {
    const url = `http://127.0.0.1:${await freePort()}/`;
    const { attempts } = await sender().deliver(delivery, url, single);
    expect(attempts[0].error).toEqual({
      code: "refused-connection",
      message: `Nobody listens on ${new URL(url).host}.`,
    });
  });

  it("a name without an address is failed", async () => {
    const { attempts } = await sender().deliver(delivery, "http://nowhere.invalid/", single);
    expect(attempts[0].error?.code).toBe("unknown-host");
  });

  it("plain HTTP where TLS is expected is failed, and says so", async () => {
    const plain = createServer((socket) => {
      socket.on("error", () => {});
      socket.on("data", () => socket.end(answerWith(400)));
    }).listen(0, "127.0.0.1");
    await once(plain, "listening");
    cleanUps.push(() => new Promise((resolve) => void plain.close(() => resolve())));
    const { port } = plain.address() as AddressInfo;
    const { attempts } = await sender().deliver(delivery, `https://127.0.0.1:${port}/`, single);
    expect(attempts[0].error).toMatchObject({ code: "tls", message: expect.stringContaining("http://") as string });
  });

  it.each(["", "not a url", "ftp://127.0.0.1/", "http://user:pass@127.0.0.1/"])(
    "a URL of “%s” is failed",
    async (url) => {
      const { attempts } = await sender().deliver(delivery, url, single);
      expect(attempts[0].error?.code).toBe("unsendable");
    },
  );

  it("a header that can't be sent is failed, and nothing is sent", async () => {
    const { url, connections } = await server(() => answerWith(200));
    const wrong = [["x-misskey-hook-secret", "秘密"]] as const;
    const { attempts } = await sender().deliver({ ...delivery, headers: wrong }, url, single);
    expect(attempts[0].error?.code).toBe("unsendable");
    expect(connections()).toBe(0);
  });
});

describe("attempts", () => {
  it("come four times with the policy's waits, every one the same bytes", async () => {
    const { url, requests } = await server(() => answerWith(503));
    const clock = manualClock();
    const result = await sender({ clock, random: () => 0 }).deliver(delivery, url, { policy: misskey.policy });
    expect(result.outcome).toBe("refused");
    expect(result.attempts.map(({ n, status }) => [n, status])).toEqual([
      [1, 503],
      [2, 503],
      [3, 503],
      [4, 503],
    ]);
    expect(clock.sleeps).toEqual([60_000, 180_000, 420_000]);
    expect(requests).toHaveLength(4);
    for (const { line, headers: sent, body: bytes } of requests) {
      expect({ line, sent, bytes }).toEqual({ line: requests[0]?.line, sent: requests[0]?.headers, bytes: body });
    }
  });

  it("end with the first 2xx", async () => {
    const { url } = await server((_, index) => answerWith(index < 2 ? 500 : 204));
    const { outcome, attempts } = await sender({ clock: manualClock() }).deliver(delivery, url, {
      policy: misskey.policy,
    });
    expect([outcome, attempts.length]).toEqual(["delivered", 3]);
  });

  it("end with an answer that is final: a 404 for Misskey, a 500 for Iceshrimp", async () => {
    const { policy } = resolveDialect("iceshrimp");
    const notFound = await server(() => answerWith(404));
    const broken = await server(() => answerWith(500));
    const { deliver } = sender({ clock: manualClock() });
    const counts = [
      (await deliver(delivery, notFound.url, { policy: misskey.policy })).attempts.length,
      (await deliver(delivery, notFound.url, { policy })).attempts.length,
      (await deliver(delivery, broken.url, { policy: misskey.policy })).attempts.length,
      (await deliver(delivery, broken.url, { policy })).attempts.length,
    ];
    expect(counts).toEqual([1, 4, 4, 1]);
  });

  it("are told as they happen, with the real wait and the compressed one", async () => {
    const { url } = await server((_, index) => answerWith(index === 0 ? 500 : 204));
    const events: DeliveryProgress[] = [];
    const clock = manualClock();
    await sender({ clock, random: () => 0 }).deliver(delivery, url, {
      policy: misskey.policy,
      timeScale: 1000,
      onEvent: (event) => void events.push(event),
    });
    expect(events.map(({ kind }) => kind)).toEqual(["started", "ended", "waiting", "started", "ended"]);
    expect(events[2]).toEqual({ kind: "waiting", n: 2, delayMs: 60_000, scaledMs: 60 });
    expect(clock.sleeps).toEqual([60]);
  });

  it("stop when the signal says so: the one under way, and the schedule", async () => {
    const { url, requests } = await server(() => () => {});
    const controller = new AbortController();
    const underWay = sender().deliver(delivery, url, { policy: misskey.policy, signal: controller.signal });
    while (requests.length === 0) await new Promise((resolve) => void setImmediate(resolve));
    controller.abort();
    expect(await underWay).toMatchObject({ outcome: "failed", attempts: [{ n: 1, error: { code: "aborted" } }] });

    const refusing = await server(() => answerWith(500));
    const second = new AbortController();
    const scheduled = sender().deliver(delivery, refusing.url, {
      policy: misskey.policy,
      signal: second.signal,
      onEvent: ({ kind }) => void (kind === "waiting" && second.abort()),
    });
    expect((await scheduled).attempts).toHaveLength(1);
  });
});

describe("connections", () => {
  it("are kept alive and used again", async () => {
    const { url, requests, connections } = await server((_, index) =>
      answerWith(index % 2 === 0 ? 204 : 200, {}, index % 2 === 0 ? "" : "thanks"),
    );
    const { deliver } = sender();
    for (let count = 0; count < 20; count++) await deliver(delivery, url, single);
    expect(requests).toHaveLength(20);
    expect(connections()).toBe(1);
  });

  it("are never more than the sender's concurrency", async () => {
    const { url, requests, connections } = await server(() => answerWith(204));
    const { deliver } = sender({ concurrency: 4 });
    const results = await Promise.all(Array.from({ length: 200 }, () => deliver(delivery, url, single)));
    expect(results.every(({ outcome }) => outcome === "delivered")).toBe(true);
    expect([requests.length, connections()]).toEqual([200, 4]);
  });

  it("carry ten thousand deliveries", async () => {
    let received = 0;
    const fast = createHttpServer((request, response) => {
      received++;
      request.resume().on("end", () => response.writeHead(204).end());
    }).listen(0, "127.0.0.1");
    await once(fast, "listening");
    cleanUps.push(() => {
      fast.closeAllConnections();
      return new Promise((resolve) => void fast.close(() => resolve()));
    });
    const url = `http://127.0.0.1:${(fast.address() as AddressInfo).port}/`;
    const { deliver } = sender();
    const results = await Promise.all(Array.from({ length: 10_000 }, () => deliver(delivery, url, single)));
    expect(results.filter(({ outcome }) => outcome === "delivered")).toHaveLength(10_000);
    expect(received).toBe(10_000);
  });

  it("reach IPv6 addresses", async () => {
    const { url, requests } = await server(() => answerWith(204), "::1");
    const { outcome } = await sender().deliver(delivery, url, single);
    expect(outcome).toBe("delivered");
    expect(requests[0]?.headers.find(([name]) => name === "Host")?.[1]).toBe(new URL(url).host);
  });

  it("don't outlive close(), even while connecting or reading a body without end", async () => {
    const { url } = await server(() => (socket) => void socket.write("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n"));
    const own = createSender();
    await own.deliver(delivery, url, single);
    const blackHole = own.deliver(delivery, "http://192.0.2.1/", { ...single, timeoutMs: 20 });
    expect((await blackHole).outcome).toBe("failed");
    await own.close();
    expect(
      process.getActiveResourcesInfo().filter((kind) => kind === "TCPWRAP" || kind === "TCPConnectWrap"),
    ).not.toContain("TCPConnectWrap");
  });
});
