// Throughput of the receiver with full validation against a bare node:http server that only compares the secret and
// parses the JSON. Each runs in a process of its own, under the same load, in turns; prints requests per second and
// the ratio of the medians. Run it on an idle machine: npx tsx scripts/bench/receiver.ts [rounds] [seconds]
import { fork } from "node:child_process";
import { timingSafeEqual } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import autocannon from "autocannon";
import { createReceiver } from "../../src/receiver/index.js";

const secret = "bench-secret";

async function serveBare(): Promise<number> {
  const expected = Buffer.from(secret);
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const given = Buffer.from(String(request.headers["x-misskey-hook-secret"]));
      const right = given.length === expected.length && timingSafeEqual(given, expected);
      JSON.parse(Buffer.concat(chunks).toString());
      response.writeHead(right ? 204 : 401).end();
    });
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return (server.address() as AddressInfo).port;
}

async function serveReceiver(): Promise<number> {
  const receiver = createReceiver({ secrets: [secret] });
  receiver.on("delivery", ({ ok, findings }) => {
    if (!ok) throw new Error(`the receiver finds fault with the sample: ${JSON.stringify(findings)}`);
  });
  return (await receiver.listen({ port: 0 })).port;
}

interface Delivery {
  readonly headers: Record<string, string>;
  readonly body: string;
}

function sampleMention(): Delivery {
  const file = new URL("../../fixtures/events/mention/default.json", import.meta.url);
  const envelope = JSON.parse(readFileSync(file, "utf8")) as { hookId: string; server: string };
  const headers = {
    "content-type": "application/json",
    "user-agent": "Misskey-Hooks",
    "x-misskey-hook-id": envelope.hookId,
    "x-misskey-hook-secret": secret,
    "x-misskey-host": new URL(envelope.server).host,
  };
  return { headers, body: JSON.stringify(envelope) };
}

async function requestsPerSecond(port: number, duration: number): Promise<number> {
  const url = `http://127.0.0.1:${port}/`;
  const result = await autocannon({ url, method: "POST", connections: 32, duration, ...sampleMention() });
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${result.non2xx} not 2xx, ${result.errors} errors`);
  return result.requests.average;
}

async function startServer(kind: string): Promise<{ port: number; stop: () => void }> {
  const child = fork(new URL(import.meta.url), [kind]);
  const [port] = (await once(child, "message")) as [number];
  return { port, stop: () => child.kill() };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

async function compare(rounds: number, seconds: number): Promise<void> {
  const [bare, receiver] = [await startServer("bare"), await startServer("receiver")];
  const bareRates: number[] = [];
  const receiverRates: number[] = [];
  await requestsPerSecond(bare.port, 1);
  await requestsPerSecond(receiver.port, 1);
  for (let round = 0; round < rounds; round++) {
    bareRates.push(await requestsPerSecond(bare.port, seconds));
    receiverRates.push(await requestsPerSecond(receiver.port, seconds));
  }
  bare.stop();
  receiver.stop();
  console.log(`bare node:http  ${Math.round(median(bareRates))} requests/s`);
  console.log(`receiver        ${Math.round(median(receiverRates))} requests/s`);
  console.log(`ratio           ${(median(receiverRates) / median(bareRates)).toFixed(2)}`);
}

const [first = "3", seconds = "3"] = process.argv.slice(2);
if (first === "bare") process.send?.(await serveBare());
else if (first === "receiver") process.send?.(await serveReceiver());
else await compare(Number(first), Number(seconds));
