// What goes over the wire against what real servers sent: the same headers with the same values, the same bytes.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSender } from "../../src/delivery/index.js";
import {
  deliveryTo,
  type Dialect,
  findHeaderPrefix,
  type HeaderPair,
  headerPairs,
  requestHeaders,
  resolveDialect,
} from "../../src/protocol/index.js";
import { answerWith, type RawServer, startRawServer } from "../support/raw-server.js";
import { readRecording, recordedServers, recordingNames } from "../support/recordings.js";

/** undici writes these three itself: first, and in lower case. */
const transport = new Set(["host", "connection", "content-length"]);

const rows: Readonly<Record<string, string>> = {
  "iceshrimp@2026.5.1": "iceshrimp-bun",
  "iceshrimp@2026.5.1-on-node22": "iceshrimp",
};

interface Wire {
  readonly rawHeaders: readonly string[];
  readonly bodyRaw: string;
  readonly bodyBytes: number;
}

const own = (headers: readonly HeaderPair[]): HeaderPair[] =>
  headers.filter(([name]) => !transport.has(name.toLowerCase())).toSorted(([a], [b]) => (a < b ? -1 : 1));
const lowerCased = (headers: readonly HeaderPair[]): string[] => headers.map(([name]) => name.toLowerCase()).toSorted();

function headersLike(recorded: readonly HeaderPair[], dialect: Dialect): HeaderPair[] {
  const valueOf = (wanted: string): string =>
    recorded.find(([name]) => name.toLowerCase() === wanted)?.[1] ?? expect.fail(`no ${wanted}`);
  const prefix = findHeaderPrefix(recorded.map(([name]) => name)) ?? expect.fail("no hook headers");
  return requestHeaders(dialect, {
    host: valueOf(`${prefix}host`),
    hookId: valueOf(`${prefix}hook-id`),
    secret: valueOf(`${prefix}hook-secret`),
  });
}

describe.each(recordedServers())("%s", (server) => {
  const dialect = resolveDialect(rows[server] ?? server);
  const sender = createSender();
  let receiver: RawServer;
  beforeAll(async () => {
    receiver = await startRawServer(() => answerWith(204));
  });
  afterAll(async () => {
    await sender.close();
    await receiver.close();
  });

  it.each(recordingNames(server, "deliveries"))("%s", async (name) => {
    const recording = readRecording(server, `deliveries/${name}.json`) as unknown as Wire;
    const recorded = headerPairs(recording.rawHeaders);
    const body = Buffer.from(recording.bodyRaw);
    const headers = headersLike(recorded, dialect);
    await sender.deliver(deliveryTo(new URL(receiver.url), { headers, body }), receiver.url, {
      policy: dialect.policy,
      retry: false,
    });
    const sent = receiver.requests.at(-1) ?? expect.fail("nothing came");
    expect(own(sent.headers)).toEqual(own(recorded));
    expect(lowerCased(sent.headers)).toEqual(lowerCased(recorded));
    expect(sent.body.equals(body)).toBe(true);
    expect(sent.body.length).toBe(recording.bodyBytes);
    expect(sent.headers).toContainEqual(["content-length", String(recording.bodyBytes)]);
    expect(sent.headers).toContainEqual(["connection", "keep-alive"]);
  });
});

it("a secret goes out in Latin-1, and an empty one as an empty value", async () => {
  const receiver = await startRawServer(() => answerWith(204));
  const sender = createSender();
  const dialect = resolveDialect("misskey");
  for (const secret of ["clé-ÿ", ""]) {
    const headers = requestHeaders(dialect, { host: "misskey.example", hookId: "9hook", secret });
    const body = Buffer.from("{}");
    await sender.deliver(deliveryTo(new URL(receiver.url), { headers, body }), receiver.url, {
      policy: dialect.policy,
      retry: false,
    });
    expect(receiver.requests.at(-1)?.headers).toContainEqual(["x-misskey-hook-secret", secret]);
  }
  await sender.close();
  await receiver.close();
});
