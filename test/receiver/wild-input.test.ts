import { Agent, request } from "undici";
import * as fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { rawExchange } from "../support/raw-exchange.js";
import { recordedDelivery } from "../support/recorded-delivery.js";
import { secret, startReceiver } from "./started-receiver.js";

const mention = recordedDelivery("misskey@2026.3.2/deliveries/mention", secret);

test("any body gets one of the documented statuses and one event", async () => {
  const { url, events } = await startReceiver({ strict: true });
  const dispatcher = new Agent({ connections: 1 });
  onTestFinished(() => dispatcher.close());
  const bodies = fc.oneof(
    fc.uint8Array().map((bytes) => Buffer.from(bytes)),
    fc.json().map((text) => Buffer.from(text)),
    fc
      .record({ type: fc.constantFrom("note", "follow", "x", 1), body: fc.jsonValue(), eventId: fc.jsonValue() })
      .map((envelope) => Buffer.from(JSON.stringify(envelope))),
  );
  await fc.assert(
    fc.asyncProperty(bodies, async (body) => {
      const before = events.length;
      const { statusCode, body: answer } = await request(url, { ...mention, method: "POST", body, dispatcher });
      await answer.dump();
      expect([204, 400, 422]).toContain(statusCode);
      expect(events).toHaveLength(before + 1);
      expect(events.at(-1)?.status).toBe(statusCode);
    }),
    { numRuns: 300 },
  );
});

test("any bytes on the connection get a documented status or none, and the receiver lives on", async () => {
  const { port, url } = await startReceiver({ headersTimeoutMs: 20, requestTimeoutMs: 20 });
  const lines = fc.array(fc.oneof(fc.string(), fc.constantFrom("POST / HTTP/1.1", "Host: a", "Content-Length: 9", "")));
  const bytes = fc.oneof(
    fc.uint8Array().map((array) => Buffer.from(array)),
    lines.map((texts) => Buffer.from(texts.join("\r\n"))),
  );
  await fc.assert(
    fc.asyncProperty(bytes, async (sent) => {
      const answer = await rawExchange(port, sent);
      if (answer !== "") expect(["400", "405", "408", "415", "431"]).toContain(answer.slice(9, 12));
    }),
    { numRuns: 50 },
  );
  // Its limits of 20 ms are for the test's sake, and too short for a busy machine: it may take some tries.
  const deliver = (): Promise<number> =>
    fetch(url, { method: "POST", ...mention }).then(
      ({ status }) => status,
      () => 0,
    );
  await expect.poll(deliver, { timeout: 20_000 }).toBe(204);
});
