// Redirects as the servers follow them, on the wire.
import { afterEach, expect, it } from "vitest";
import { createSender, type DeliveryProgress } from "../../src/delivery/index.js";
import { deliveryTo, requestHeaders, resolveDialect } from "../../src/protocol/index.js";
import { answerWith, type RawRequest, type RawServer, startRawServer } from "../support/raw-server.js";

const { policy, ...misskey } = resolveDialect("misskey");
const headers = requestHeaders(
  { ...misskey, policy },
  { host: "misskey.example", hookId: "9hook", secret: "a secret" },
);
const body = Buffer.from('{"type":"note"}');
const delivery = deliveryTo(new URL("http://127.0.0.1/"), { headers, body });

const sender = createSender();
const servers: RawServer[] = [];
afterEach(async () => {
  for (const started of servers.splice(0)) await started.close();
});
async function server(answer: (request: RawRequest, index: number) => string): Promise<RawServer> {
  const started = await startRawServer(answer);
  servers.push(started);
  return started;
}
const nameOf = ([name]: readonly [string, string]): string => name;

it.each([301, 302, 303])("%i goes on as a GET without a body that carries the secret", async (status) => {
  const target = await server(() => answerWith(200));
  const { url } = await server(() => answerWith(status, { location: `${target.url}elsewhere?a=1` }));
  const { outcome, attempts } = await sender.deliver(delivery, url, { policy, retry: false });
  expect(outcome).toBe("delivered");
  expect(attempts[0].redirects).toEqual([{ status, from: url, to: `${target.url}elsewhere?a=1`, method: "GET" }]);
  const [request] = target.requests;
  expect(request?.line).toBe("GET /elsewhere?a=1 HTTP/1.1");
  expect(request?.body).toHaveLength(0);
  expect(request?.headers.map(nameOf)).toEqual([...headers.map(nameOf), "Host", "Connection"]);
  expect(request?.headers).toContainEqual(["x-misskey-hook-secret", "a secret"]);
});

it.each([307, 308])("%i repeats the POST", async (status) => {
  const target = await server(() => answerWith(204));
  const { url } = await server(() => answerWith(status, { location: target.url }));
  const { outcome } = await sender.deliver(delivery, url, { policy, retry: false });
  expect(outcome).toBe("delivered");
  expect(target.requests[0]).toMatchObject({ line: "POST / HTTP/1.1", body });
  expect(target.requests[0]?.headers).toContainEqual(["x-misskey-hook-secret", "a secret"]);
});

it("the status that counts is the last one's, and relative locations are taken from the URL before", async () => {
  const { url, requests } = await server((request) => {
    if (request.line.includes("/a/b")) return answerWith(307, { location: "../c?d" });
    return request.line.includes("/c?d") ? answerWith(303, { location: "e" }) : answerWith(404);
  });
  const { outcome, attempts } = await sender.deliver({ ...delivery, path: "/a/b" }, url, { policy, retry: false });
  expect([outcome, attempts[0].status]).toEqual(["refused", 404]);
  expect(requests.map(({ line }) => line)).toEqual(["POST /a/b HTTP/1.1", "POST /c?d HTTP/1.1", "GET /e HTTP/1.1"]);
});

it("a redirect without a location is the answer", async () => {
  const { url } = await server(() => answerWith(302));
  const { outcome, attempts } = await sender.deliver(delivery, url, { policy, retry: false });
  expect([outcome, attempts[0].status]).toEqual(["refused", 302]);
});

it.each(["http://", "ftp://files.example/", "http://user:pass@127.0.0.1/"])(
  "a location of %s fails",
  async (location) => {
    const { url } = await server(() => answerWith(302, { location }));
    const { attempts } = await sender.deliver(delivery, url, { policy, retry: false });
    expect(attempts[0]).toMatchObject({ status: null, error: { code: "bad-redirect" } });
  },
);

it("a loop fails after twenty redirects", async () => {
  const { url, requests } = await server(() => answerWith(307, { location: "/" }));
  const { attempts } = await sender.deliver(delivery, url, { policy, retry: false });
  expect(attempts[0].error?.code).toBe("bad-redirect");
  expect(attempts[0].redirects).toHaveLength(20);
  expect(requests).toHaveLength(21);
});

it("the time-out counts for all of them together", async () => {
  const { url } = await server((_, index) => (index < 3 ? answerWith(307, { location: "/" }) : ""));
  const { attempts } = await sender.deliver(delivery, url, { policy, retry: false, timeoutMs: 200 });
  expect(attempts[0].error?.code).toBe("timeout");
  expect(attempts[0].redirects).toHaveLength(3);
});

it("each is told as it happens; with manual none is followed", async () => {
  const target = await server(() => answerWith(200));
  const { url } = await server(() => answerWith(302, { location: target.url }));
  const events: DeliveryProgress[] = [];
  const onEvent = (event: DeliveryProgress): void => void events.push(event);
  await sender.deliver(delivery, url, { policy, retry: false, onEvent });
  expect(events.map(({ kind }) => kind)).toEqual(["started", "redirected", "ended"]);
  const { outcome } = await sender.deliver(delivery, url, { policy, retry: false, redirects: "manual" });
  expect(outcome).toBe("refused");
  expect(target.requests).toHaveLength(1);
});

it("credentials that the user added stay on their site", async () => {
  const other = await startRawServer(() => answerWith(200), "127.0.0.2");
  servers.push(other);
  const { url } = await server(() => answerWith(307, { location: other.url }));
  await sender.deliver({ ...delivery, headers: [...headers, ["Authorization", "Bearer x"]] }, url, {
    policy,
    retry: false,
  });
  expect(other.requests[0]?.headers.map(nameOf)).not.toContain("Authorization");
  expect(other.requests[0]?.headers.map(nameOf)).toContain("x-misskey-hook-secret");
});
