// Throughput of `listen --quiet` as it ships, with full validation, against a bare node:http server under the same
// load, in turns. Prints requests per second and the ratio of the medians; build first, and leave the machine alone.
//   npx tsx scripts/bench/receiver.ts [rounds] [seconds]
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import autocannon from "autocannon";

const secret = "bench-secret";
const fileAt = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

interface Server {
  readonly url: string;
  readonly process: ChildProcess;
  /** Requests per second, round by round. */
  readonly rates: number[];
}

/** Starts a program whose first line is JSON with its `url`. */
async function start(...args: string[]): Promise<Server> {
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = (await once(createInterface(child.stdout), "line")) as [string];
  return { url: (JSON.parse(line) as { url: string }).url, process: child, rates: [] };
}

interface Delivery {
  readonly headers: Record<string, string>;
  readonly body: string;
}

function sampleMention(): Delivery {
  const envelope = JSON.parse(readFileSync(fileAt("../../fixtures/events/mention/default.json"), "utf8")) as {
    hookId: string;
    server: string;
  };
  const headers = {
    "content-type": "application/json",
    "user-agent": "Misskey-Hooks",
    "x-misskey-hook-id": envelope.hookId,
    "x-misskey-hook-secret": secret,
    "x-misskey-host": new URL(envelope.server).host,
  };
  return { headers, body: JSON.stringify(envelope) };
}

async function requestsPerSecond(url: string, duration: number): Promise<number> {
  const result = await autocannon({ url, method: "POST", connections: 32, duration, ...sampleMention() });
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${result.non2xx} not 2xx, ${result.errors} errors`);
  return result.requests.average;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

const [rounds = 5, seconds = 2] = process.argv.slice(2).map(Number);
const bare = await start(fileAt("./bare-server.js"), secret);
const receiver = await start(
  fileAt("../../bin/misskey-hooks.js"),
  ..."listen --port 0 --json --quiet".split(" "),
  "--secret",
  secret,
);
for (const { url } of [bare, receiver]) await requestsPerSecond(url, 1);
for (let round = 0; round < rounds; round++) {
  for (const { url, rates } of [bare, receiver]) rates.push(await requestsPerSecond(url, seconds));
}
for (const server of [bare, receiver]) server.process.kill();
console.log(`bare node:http   ${Math.round(median(bare.rates))} requests/s`);
console.log(`listen --quiet   ${Math.round(median(receiver.rates))} requests/s`);
console.log(`ratio            ${(median(receiver.rates) / median(bare.rates)).toFixed(2)}`);
