// What keeping deliveries costs: throughput of `listen --quiet` with captures, with --durable, and with --no-capture, in
// turns under the same load. Prints requests per second and the ratios of the medians; build first.
//   npx tsx scripts/bench/captures.ts [rounds] [seconds]
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import autocannon from "autocannon";

const secret = "bench-secret-of-captures";
const fileAt = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "misskey-hooks-bench-"));

interface Server {
  readonly name: string;
  readonly url: string;
  readonly process: ChildProcess;
  /** Requests per second, round by round. */
  readonly rates: number[];
  answered: number;
}

async function start(name: string, ...args: string[]): Promise<Server> {
  const bin = fileAt("../../bin/misskey-hooks.js");
  const common = ["listen", "--port", "0", "--json", "--quiet", "--secret", secret];
  const child = spawn(process.execPath, [bin, ...common, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = (await once(createInterface(child.stdout), "line")) as [string];
  return { name, url: (JSON.parse(line) as { url: string }).url, process: child, rates: [], answered: 0 };
}

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

async function load(server: Server, duration: number): Promise<number> {
  const body = JSON.stringify(envelope);
  const result = await autocannon({ url: server.url, method: "POST", connections: 64, duration, headers, body });
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${result.non2xx} not 2xx, ${result.errors} errors`);
  server.answered += result["2xx"];
  return result.requests.average;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

const [rounds = 5, seconds = 3] = process.argv.slice(2).map(Number);
const servers = [
  await start("--no-capture", "--no-capture"),
  await start("captures", "--captures", join(folder, "a")),
  await start("--durable", "--captures", join(folder, "b"), "--durable"),
];
try {
  for (const server of servers) await load(server, 1);
  for (let round = 0; round < rounds; round++) {
    for (const server of servers) server.rates.push(await load(server, seconds));
  }
} finally {
  for (const server of servers) server.process.kill();
}
const [base] = servers;
for (const { name, rates, answered } of servers) {
  const rate = median(rates);
  const ratio = (rate / median(base?.rates ?? [])).toFixed(2);
  console.log(`${name.padEnd(14)} ${Math.round(rate)} requests/s  ratio ${ratio}  (${answered} answered)`);
}
rmSync(folder, { recursive: true });
