// The web rim against the same requests as the endpoint's: a Request in, a Response out, the same events.
import { describe, expect, test } from "vitest";
import { createWebHandler, type DeliveryEvent, type HandlerOptions } from "../../src/receiver/index.js";
import { recordedDelivery } from "../support/recorded-delivery.js";
import { startReceiver } from "./started-receiver.js";

const secret = "s3cret-ü";
const mention = recordedDelivery("misskey@2026.3.2/deliveries/mention", secret);

const requests: readonly [name: string, options: Partial<HandlerOptions>, path: string, init: RequestInit][] = [
  ["a delivery", {}, "/", { method: "POST", ...mention }],
  ["another path", { path: "/hook" }, "/other?hook", { method: "POST", ...mention }],
  ["the path with a query", { path: "/hook" }, "/hook?a=1", { method: "POST", ...mention }],
  ["another method", {}, "/", { method: "GET" }],
  ["another content type", {}, "/", { method: "POST", body: "a=1", headers: { "content-type": "text/html" } }],
  ["a long body", { maxBodyBytes: 20 }, "/", { method: "POST", ...mention }],
  ["a wrong secret", { secrets: ["other"] }, "/", { method: "POST", ...mention }],
  ["no JSON", {}, "/", { method: "POST", headers: mention.headers, body: "{" }],
  ["no UTF-8", {}, "/", { method: "POST", headers: mention.headers, body: Buffer.from([0x22, 0xff, 0x22]) }],
  ["no body", {}, "/", { method: "POST", headers: mention.headers }],
  ["findings under strict", { strict: true }, "/", { method: "POST", headers: mention.headers, body: '{"type":"x"}' }],
  ["an unexpected event", { expectedEvents: ["note"] }, "/", { method: "POST", ...mention }],
];

describe.each(requests)("%s", (_, options, path, init) => {
  test("is answered and told as the endpoint does it", async () => {
    const receiver = await startReceiver({ now: () => 0, secrets: [secret], ...options });
    const events: DeliveryEvent[] = [];
    const handle = createWebHandler({ now: () => 0, secrets: [secret], ...options }, (event) => events.push(event));
    const url = new URL(path, receiver.url);
    const [expected, response] = [await fetch(url, init), await handle(new Request(url, init))];
    expect(response.status).toBe(expected.status);
    expect(await response.text()).toBe(await expected.text());
    expect(response.headers.get("allow")).toBe(expected.headers.get("allow"));
    expect(events).toEqual(receiver.events);
  });
});

test("a body without a length is measured while it is read", async () => {
  const events: DeliveryEvent[] = [];
  const handle = createWebHandler({ secrets: [secret], maxBodyBytes: 10 }, (event) => events.push(event));
  let pulled = 0;
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      pulled++;
      controller.enqueue(new Uint8Array(4));
    },
  });
  const init = { method: "POST", headers: mention.headers, body, duplex: "half" } as RequestInit;
  expect((await handle(new Request("http://127.0.0.1/", init))).status).toBe(413);
  expect(pulled).toBeLessThan(10);
  expect(events.map(({ status }) => status)).toEqual([413]);
});

test("a body that breaks off is answered 400", async () => {
  const handle = createWebHandler({ secrets: [secret] });
  const body = new ReadableStream({ start: (controller) => controller.error(new Error("gone")) });
  const init = { method: "POST", headers: mention.headers, body, duplex: "half" } as RequestInit;
  expect((await handle(new Request("http://127.0.0.1/", init))).status).toBe(400);
});
