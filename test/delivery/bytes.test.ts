// Every byte on a raw socket against what running servers sent, whoever of ours sends it: ids and times aside, which the
// recording gives.
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { httpProbe } from "../../src/conformance/probe/http-probe.js";
import { createSender } from "../../src/delivery/index.js";
import {
  deliveryTo,
  type Dialect,
  findHeaderPrefix,
  headerLookup,
  type HeaderPair,
  headerPairs,
  requestHeaders,
  resolveDialect,
  type WireDelivery,
} from "../../src/protocol/index.js";
import { createSandbox } from "../../src/sandbox/index.js";
import { answerWith, type RawServer, startRawServer } from "../support/raw-server.js";
import { readRecording, recordedServers, recordingNames } from "../support/recordings.js";

const rows: Readonly<Record<string, string>> = {
  "iceshrimp@2026.5.1": "iceshrimp-bun",
  "iceshrimp@2026.5.1-on-node22": "iceshrimp",
};

interface Recorded {
  readonly headers: readonly HeaderPair[];
  readonly body: string;
}

/** The bytes of a recorded request, at another host. */
function bytesOf({ headers, body }: Recorded, path: string, host: string): Buffer {
  const lines = headers.map(([name, value]) => `${name}: ${name.toLowerCase() === "host" ? host : value}\r\n`);
  return Buffer.concat([Buffer.from(`POST ${path} HTTP/1.1\r\n${lines.join("")}\r\n`, "latin1"), Buffer.from(body)]);
}

/** What this dialect's server would send with the recording's ids and body. */
function ours(recorded: Recorded, dialect: Dialect, url: URL): WireDelivery {
  const lookup = headerLookup(recorded.headers);
  const prefix = findHeaderPrefix(lookup.keys()) ?? "";
  const valueOf = (name: string): string => lookup.get(`${prefix}${name}`) ?? expect.fail(`no ${name}`);
  const values = { host: valueOf("host"), hookId: valueOf("hook-id"), secret: valueOf("hook-secret") };
  return deliveryTo(url, { headers: requestHeaders(dialect, values), body: Buffer.from(recorded.body) });
}

let receiver: RawServer;
let url: URL;
beforeAll(async () => {
  receiver = await startRawServer(() => answerWith(204));
  url = new URL("hook?x=1", receiver.url);
});
afterAll(() => receiver.close());

const lastBytes = (): string => receiver.requests.at(-1)?.bytes.toString("latin1") ?? "";

describe.each(recordedServers())("%s", (server) => {
  const dialect = resolveDialect(rows[server] ?? server);
  const recorded = recordingNames(server, "deliveries").map((name): Recorded => {
    const { rawHeaders, bodyRaw } = readRecording(server, `deliveries/${name}.json`) as unknown as {
      rawHeaders: string[];
      bodyRaw: string;
    };
    return { headers: headerPairs(rawHeaders), body: bodyRaw };
  });

  test("a sender sends the same bytes, the first time and over a connection that it has", async () => {
    const sender = createSender();
    const before = receiver.connections();
    for (const one of recorded) {
      await sender.deliver(ours(one, dialect, url), url.href, { policy: dialect.policy, retry: false });
      expect(lastBytes()).toBe(bytesOf(one, "/hook?x=1", url.host).toString("latin1"));
    }
    await sender.close();
    expect(receiver.connections()).toBe(before + 1);
  });

  test("so does a probe of check", async () => {
    const one = recorded[0] ?? expect.fail("no recording");
    await httpProbe(url)(ours(one, dialect, url), { answerMs: 5000, bodyMs: 100 });
    expect(lastBytes()).toBe(bytesOf(one, "/hook?x=1", url.host).toString("latin1"));
  });

  test("and the sandbox, but for ids and times", async () => {
    const one = recorded[0] ?? expect.fail("no recording");
    const count = receiver.requests.length;
    const sandbox = await createSandbox({ port: 0, dialect });
    await sandbox.as("alice").hook(url.href, { secret: "s", on: ["note"] });
    await sandbox.as("alice").note("hello");
    await sandbox.settled();
    await sandbox.close();
    const sent = receiver.requests[count] ?? expect.fail("nothing came");
    const constant = /^(host|content-length|x-.+)$/i;
    const shown = (headers: readonly HeaderPair[]): string[] =>
      headers.map(([name, value]) => (constant.test(name) ? name : `${name}: ${value}`));
    expect(shown(sent.headers)).toEqual(shown(one.headers));
  });
});

test("a recording of the socket itself, byte by byte", async () => {
  const file = new URL("../../fixtures/recorded/misskey@2026.3.2/wire-followed.http", import.meta.url);
  const text = readFileSync(file, "latin1").replaceAll("\r\n", "\n");
  const end = text.indexOf("\n\n");
  const [line = "", ...lines] = text.slice(0, end).split("\n");
  const headers = lines.map((header): HeaderPair => [
    header.slice(0, header.indexOf(": ")),
    header.slice(header.indexOf(": ") + 2),
  ]);
  const length = Number(headerLookup(headers).get("content-length"));
  const body = Buffer.from(text.slice(end + 2), "latin1").subarray(0, length);
  const path = line.split(" ")[1] ?? "";
  const to = new URL(path, receiver.url);
  const dialect = resolveDialect("misskey");
  const sender = createSender();
  const one = { headers, body: body.toString("utf8") };
  await sender.deliver(ours(one, dialect, to), to.href, { policy: dialect.policy, retry: false });
  await sender.close();
  const expected = `${line}\n${lines.join("\n")}\n\n`.replaceAll("\n", "\r\n").replace(/Host: .+/, `Host: ${to.host}`);
  const sent = receiver.requests.at(-1) ?? expect.fail("nothing came");
  expect(sent.bytes.equals(Buffer.concat([Buffer.from(expected, "latin1"), body]))).toBe(true);
});
