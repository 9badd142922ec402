import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { parseDialectFile, resolveDialect } from "../../src/protocol/index.js";
import type { DeliveryEvent, ReceivedRequest } from "../../src/receiver/index.js";
import { recordedDelivery } from "../support/recorded-delivery.js";
import { secret, startReceiver, type StartedReceiver } from "./started-receiver.js";

const mention = recordedDelivery("misskey@2026.3.2/deliveries/mention", secret);
const fromIceshrimp = recordedDelivery("iceshrimp@2026.5.1/deliveries/mention", secret);
const flat = recordedDelivery("misskey@12.109.2/deliveries/mention", secret);

interface Sent {
  readonly status: number;
  readonly reason: string | undefined;
  readonly response: Response;
  readonly text: string;
  readonly event: DeliveryEvent;
  readonly request: ReceivedRequest;
}

interface Changes {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Record<string, string | undefined>;
  readonly body?: RequestInit["body"];
}

/** Sends the recorded mention with changes; a header set to undefined is left out. */
async function send(to: StartedReceiver, changes: Changes = {}): Promise<Sent> {
  const { method = "POST", path = "", body = mention.body } = changes;
  const headers = Object.entries({ ...mention.headers, ...changes.headers }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  const next = to.next();
  const init = { method, headers, body, duplex: "half" } as RequestInit;
  const response = await fetch(new URL(path, to.url), init);
  const [event, request] = await next;
  expect(event.status).toBe(response.status);
  return { status: event.status, reason: event.reason, response, text: await response.text(), event, request };
}

describe("a delivery that is in order", () => {
  test("is answered 204 and told with everything that was read of it", async () => {
    const receiver = await startReceiver({ now: () => Date.UTC(2026, 10, 22, 1, 2, 3) });
    const { event, request } = await send(receiver);
    const { hookId, eventId } = JSON.parse(mention.body) as { hookId: string; eventId: string };
    expect(event).toEqual({
      kind: "delivery",
      at: "2026-11-22T01:02:03.000Z",
      status: 204,
      ok: true,
      event: "mention",
      eventId,
      hookId,
      dialect: expect.stringMatching(/^misskey/),
      bytes: Buffer.byteLength(mention.body),
      redelivery: false,
      findings: [],
    });
    expect(request.body.toString()).toBe(mention.body);
    expect(request.payload).toEqual(JSON.parse(mention.body));
    expect(request.headers).toContainEqual(["x-misskey-hook-secret", secret]);
    expect(request.rawHeaders).toEqual(request.headers.flat());
    expect(request).toMatchObject({ method: "POST", path: "/", origin: "event" });
  });

  test("may come from any dialect, with header names in any case", async () => {
    const receiver = await startReceiver();
    for (const delivery of [fromIceshrimp, flat]) {
      const response = await fetch(receiver.url, { method: "POST", ...delivery });
      expect(response.status).toBe(204);
    }
    expect(receiver.events.map(({ event, eventId, ok }) => [event, eventId === null, ok])).toEqual([
      ["mention", false, true],
      ["mention", true, true],
    ]);
  });

  test("is marked when it comes again", async () => {
    const receiver = await startReceiver();
    await send(receiver);
    const { event } = await send(receiver);
    expect(event).toMatchObject({ status: 204, ok: true, redelivery: true });
  });

  test("is accepted with any of several secrets", async () => {
    const receiver = await startReceiver({ secrets: ["old", " new "] });
    const statuses: number[] = [];
    for (const value of ["old", "new", "newer", "ol"]) {
      statuses.push((await send(receiver, { headers: { "x-misskey-hook-secret": value } })).status);
    }
    expect(statuses).toEqual([204, 204, 401, 401]);
  });
});

describe("what is turned away, and why", () => {
  test("404: another path; the query doesn't matter", async () => {
    const receiver = await startReceiver({ path: "/hook" });
    expect(receiver.url).toMatch(/\/hook$/);
    const { status, reason, text } = await send(receiver, { path: "/other?x=1" });
    expect({ status, reason }).toEqual({ status: 404, reason: "the path is /other, not /hook" });
    expect(text).not.toContain("/hook");
    expect((await send(receiver, { path: "/hook?x=1" })).status).toBe(204);
  });

  test("404 comes before 405, 405 before 415, 415 before 413, and all before the secret", async () => {
    const receiver = await startReceiver({ path: "/hook", maxBodyBytes: 10, secrets: ["other"] });
    const wrongType = { "content-type": "text/html" };
    const { status: first } = await send(receiver, { method: "PUT", path: "/other", headers: wrongType });
    const { status: second } = await send(receiver, { method: "PUT", headers: wrongType });
    const { status: third } = await send(receiver, { headers: wrongType });
    const { status: fourth } = await send(receiver);
    expect([first, second, third, fourth]).toEqual([404, 405, 415, 413]);
  });

  test("405 with Allow: another method", async () => {
    const receiver = await startReceiver();
    const { status, response, reason } = await send(receiver, { method: "GET", body: null });
    expect([status, response.headers.get("allow")]).toEqual([405, "POST"]);
    expect(reason).toContain("GET");
  });

  test("415: neither JSON nor a dialect's text/plain", async () => {
    const receiver = await startReceiver();
    const types = ["text/html", "application/x-www-form-urlencoded", "application/json; charset=utf-8", "TEXT/PLAIN"];
    const statuses: number[] = [];
    for (const type of types) statuses.push((await send(receiver, { headers: { "content-type": type } })).status);
    expect(statuses).toEqual([415, 415, 204, 204]);
  });

  test("415: no content type, but from a fork that sends none", async () => {
    const body = new TextEncoder().encode(mention.body);
    const headers = { "content-type": undefined };
    expect((await send(await startReceiver(), { body, headers })).status).toBe(415);
    const as = parseDialectFile('{"family": "pond", "headers": {"contentType": null}}', "pond.json");
    expect((await send(await startReceiver({ as }), { body, headers })).status).toBe(204);
    expect((await send(await startReceiver({ as: resolveDialect("misskey") }), { body, headers })).status).toBe(415);
  });

  test("no secret header is an empty secret for a fork that leaves it out", async () => {
    const as = parseDialectFile('{"family": "pond", "headers": {"omitsEmptySecret": true}}', "pond.json");
    const without = { headers: { "x-misskey-hook-secret": undefined } };
    expect((await send(await startReceiver({ as, secrets: [""] }), without)).status).toBe(204);
    expect((await send(await startReceiver({ secrets: [""] }), without)).status).toBe(401);
    expect((await send(await startReceiver({ as }), without)).status).toBe(401);
  });

  test("413: over 1 MiB, unless another limit is given", async () => {
    const receiver = await startReceiver();
    const mebibyte = 1024 * 1024;
    expect((await send(receiver, { body: mention.body.padEnd(mebibyte) })).status).not.toBe(413);
    expect((await send(receiver, { body: mention.body.padEnd(mebibyte + 1) })).status).toBe(413);
  });

  test("400: invalid UTF-8 within what is JSON otherwise", async () => {
    const receiver = await startReceiver();
    const body = Buffer.from(mention.body);
    body[body.indexOf('"text":"') + '"text":"'.length] = 0xff;
    const { status, reason } = await send(receiver, { body });
    expect({ status, reason }).toEqual({ status: 400, reason: "the body is not valid UTF-8" });
  });

  test("413: over the limit, with a length or in chunks", async () => {
    const receiver = await startReceiver({ maxBodyBytes: 1000 });
    expect((await send(receiver, { body: "x".repeat(1001) })).status).toBe(413);
    const endless = new ReadableStream({
      start(controller) {
        for (let index = 0; index < 200; index++) controller.enqueue(new Uint8Array(100_000));
        controller.close();
      },
    });
    const { status, event } = await send(receiver, { body: endless });
    expect(status).toBe(413);
    expect(event.bytes).toBeGreaterThan(1000);
    expect((await send(receiver, { body: "x".repeat(1000) })).status).toBe(400);
  });

  test("401: the secret is missing, empty or wrong, and neither it nor the right one is told", async () => {
    const receiver = await startReceiver();
    const wrong = await send(receiver, { headers: { "x-misskey-hook-secret": "guess-guess" } });
    const empty = await send(receiver, { headers: { "x-misskey-hook-secret": "" } });
    const missing = await send(receiver, { headers: { "x-misskey-hook-secret": undefined } });
    expect([wrong, empty, missing].map(({ status }) => status)).toEqual([401, 401, 401]);
    expect([wrong, empty, missing].map(({ reason }) => reason)).toEqual([
      "the secret in x-misskey-hook-secret is wrong",
      "the secret in x-misskey-hook-secret is empty: was the hook made without one?",
      "there is no secret: no x-misskey-hook-secret header",
    ]);
    for (const { event, text } of [wrong, empty, missing]) {
      expect(JSON.stringify(event) + text).not.toMatch(/guess-guess|s3cret/);
      expect(event).toMatchObject({ ok: false, event: null, hookId: mention.headers["x-misskey-hook-id"] });
    }
  });

  test("401 comes before a look at the body", async () => {
    const receiver = await startReceiver();
    const { status } = await send(receiver, { body: "{", headers: { "x-misskey-hook-secret": "x" } });
    expect(status).toBe(401);
  });

  test("401: an empty secret is no master key", async () => {
    const receiver = await startReceiver({ secrets: [""] });
    expect((await send(receiver, { headers: { "x-misskey-hook-secret": "" } })).status).toBe(204);
    expect((await send(receiver, { headers: { "x-misskey-hook-secret": "x" } })).status).toBe(401);
    expect((await send(receiver, { headers: { "x-misskey-hook-secret": undefined } })).status).toBe(401);
  });

  test("401: the right secret in another dialect's header, when the dialect is pinned", async () => {
    const receiver = await startReceiver({ as: resolveDialect("iceshrimp") });
    const { status, reason } = await send(receiver);
    expect(status).toBe(401);
    expect(reason).toMatch(/right secret came in x-misskey-hook-secret/);
    const guess = await send(receiver, { headers: { "x-misskey-hook-secret": "guess" } });
    expect(guess.reason).toMatch(/not the right one/);
    const response = await fetch(receiver.url, { method: "POST", ...fromIceshrimp });
    expect(response.status).toBe(204);
  });

  test.each([
    ["nothing", "", "the body is empty"],
    ["half of it", "{", "the body is not JSON"],
    ["a byte order mark", "\uFEFF{}", "byte order mark"],
    ["invalid UTF-8", Uint8Array.of(0x7b, 0xff, 0x7d), "not valid UTF-8"],
    ["gzip", new Uint8Array(gzipSync(mention.body)), "compressed (gzip)"],
  ])("400: %s", async (_, body, reason) => {
    const receiver = await startReceiver();
    const sent = await send(receiver, { body });
    expect(sent.status).toBe(400);
    expect(sent.reason).toContain(reason);
    expect(sent.text).toContain(reason);
  });
});

describe("findings", () => {
  const broken = mention.body.replace('"visibility":"public"', '"visibility":"secret"');

  test("are reported and accepted", async () => {
    const receiver = await startReceiver();
    const { status, event } = await send(receiver, { body: broken });
    expect(status).toBe(204);
    expect(event.ok).toBe(false);
    expect(event.findings).toContainEqual(expect.objectContaining({ path: "body.note.visibility", severity: "error" }));
  });

  test("422 with strict, and the answer names them", async () => {
    const receiver = await startReceiver({ strict: true });
    const { status, text, event } = await send(receiver, { body: broken });
    expect(status).toBe(422);
    expect(text).toContain("wrong-value body.note.visibility");
    expect(event).toMatchObject({ ok: false, event: "mention" });
  });

  test.each([
    ["null", "null", 204],
    ["[]", "[]", 204],
    ["a text", '"text"', 204],
    ["a number out of range", "1e999", 204],
    ["deep nesting", `{"type":"note","body":{"a":${"[".repeat(50_000)}${"]".repeat(50_000)}}}`, 204],
    [
      "a thread without end",
      `{"type":"note","body":{"note":${'{"reply":'.repeat(20_000)}1${"}".repeat(20_000)}}}`,
      204,
    ],
    ["deep nesting without an end", "[".repeat(100_000), 400],
  ])("come of JSON that is no envelope: %s", async (_, body, expected) => {
    const receiver = await startReceiver();
    const { event } = await send(receiver, { body });
    expect([event.ok, event.status]).toEqual([false, expected]);
  });

  test("a type that nobody knows is accepted with a warning", async () => {
    const receiver = await startReceiver({ strict: true });
    const { status, event } = await send(receiver, { body: mention.body.replace('"mention"', '"newEvent"') });
    expect(status).toBe(204);
    expect(event).toMatchObject({ ok: true, event: "newEvent" });
    expect(event.findings).toContainEqual(expect.objectContaining({ code: "unknown-event", severity: "warning" }));
  });

  test("an event that isn't expected is accepted and told", async () => {
    const receiver = await startReceiver({ expectedEvents: ["note", "reply"], strict: true });
    const { status, event, reason } = await send(receiver);
    expect([status, event.ok]).toEqual([204, false]);
    expect(reason).toBe("unexpected event: only note, reply should come");
  });

  test("keys that would change an object's prototype, and keys that come twice, are just keys", async () => {
    const receiver = await startReceiver();
    const hostile = '{"__proto__":{"note":1},"constructor":1,"note":1,"note":{"__proto__":null,';
    const { event } = await send(receiver, { body: mention.body.replace('{"note":{', hostile) });
    expect(event).toMatchObject({ status: 204, ok: true });
  });
});
