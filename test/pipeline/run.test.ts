import { expect, test } from "vitest";
import { Forwarding, type JudgedDelivery, openEndpoint, runPipeline, type Sink } from "../../src/pipeline/index.js";
import { recordedDelivery } from "../support/recorded-delivery.js";

const mention = recordedDelivery("misskey@2026.3.2/deliveries/mention", "s");

/** Runs an endpoint with these sinks, sends so many deliveries to it, one after the other, and gives the answers. */
async function run(sinks: readonly Sink[], deliveries = 1, signal = new AbortController().signal) {
  const statuses: number[] = [];
  let sending: Promise<void> = Promise.resolve();
  const result = await runPipeline(
    async (channelOf) => {
      const rules = { secrets: ["s"], now: () => 1000 };
      const endpoint = await openEndpoint({ rules, host: "127.0.0.1", port: 0 }, channelOf("endpoint"));
      sending = (async () => {
        for (let n = 0; n < deliveries; n++) {
          statuses.push((await fetch(endpoint.url, { method: "POST", ...mention })).status);
        }
      })();
      return endpoint;
    },
    sinks,
    { count: deliveries, signal },
  );
  await sending;
  return { result, statuses };
}

test("a sink has a delivery before its answer goes out, and again after it, by the same id", async () => {
  const told: [when: string, id: string, status: number][] = [];
  const note =
    (when: string) =>
    ({ id, event }: JudgedDelivery): void =>
      void told.push([when, id, event.status]);
  const answered: string[] = [];
  const sink: Sink = {
    beforeAnswer: async (judged) => {
      note("before")(judged);
      answered.push("kept");
      return undefined;
    },
    take: note("after"),
    ended: ({ reason }) => void answered.push(reason),
  };
  const { result, statuses } = await run([sink]);
  expect(statuses).toEqual([204]);
  expect(answered).toEqual(["kept", "count"]);
  const id = expect.stringMatching(/^[0-9a-f]{12}$/);
  expect(told).toEqual([
    ["before", id, 204],
    ["after", id, 204],
  ]);
  expect(told[0]?.[1]).toBe(told[1]?.[1]);
  expect(told[0]?.[1]).toMatch(new RegExp(`^${(JSON.parse(mention.body) as { eventId: string }).eventId.slice(0, 8)}`));
  expect(result).toMatchObject({ ok: true, reason: "count", counts: { deliveries: 1 } });
});

test("what a sink answers goes out in place of the receiver's answer, the worst of several", async () => {
  const taken: JudgedDelivery[] = [];
  const answer = (status: number): Sink => ({ beforeAnswer: async () => ({ status, reason: `it was ${status}` }) });
  const { statuses, result } = await run([answer(200), answer(503), { take: (judged) => void taken.push(judged) }]);
  expect(statuses).toEqual([503]);
  expect(taken[0]?.event).toMatchObject({ status: 503, ok: false, reason: "it was 503" });
  expect(result.ok).toBe(false);
});

test("exactly what came is handed over: path, headers in order and case, bytes", async () => {
  const taken: JudgedDelivery[] = [];
  await run([{ take: (judged) => void taken.push(judged) }]);
  const [judged] = taken;
  expect(judged).toMatchObject({ source: "endpoint", arrivedAtMs: 1000, origin: "event" });
  expect(judged?.delivery).toMatchObject({ method: "POST", path: "/" });
  expect(Buffer.from(judged?.delivery.body ?? []).toString()).toBe(mention.body);
  expect(judged?.delivery.headers).toContainEqual(["x-misskey-hook-secret", "s"]);
});

test.each<[string, Sink]>([
  ["beforeAnswer", { beforeAnswer: () => Promise.reject(new Error("disk full")) }],
  [
    "take",
    {
      take: () => {
        throw new Error("disk full");
      },
    },
  ],
])("a sink that fails in %s ends the run, and is answered 500 where it was asked before", async (_where, sink) => {
  const ends: string[] = [];
  await expect(run([sink, { ended: ({ reason }) => void ends.push(reason) }])).rejects.toThrow("disk full");
  expect(ends).toEqual(["failed"]);
});

test("what handlers answered is told to every sink, before the last word", async () => {
  const told: string[] = [];
  const handler = await openEndpoint(
    { rules: { secrets: ["s"] }, host: "127.0.0.1", port: 0 },
    { beforeAnswer: undefined, onDelivery: ({ event }) => void told.push(`handler has ${event}`) },
  );
  const forwarding = new Forwarding({ routes: [{ url: new URL(handler.url) }] });
  const sink: Sink = {
    forwarded: ({ event }, { status, ok }) => void told.push(`${event.event} ${status} ${ok}`),
    ended: ({ reason }) => void told.push(reason),
  };
  await run([forwarding, sink]);
  await handler.close();
  expect(told).toEqual(["handler has mention", "mention 204 true", "count"]);
  expect(forwarding.ok).toBe(true);
});

test("Ctrl-C before it begins ends it at once", async () => {
  const { result } = await run([], 0, AbortSignal.abort());
  expect(result.reason).toBe("signal");
});
