// Proves on the built program what a store promises, with more rounds than a test has time for:
// - so many random bodies (odd numbers, escapes, duplicate keys, invalid UTF-8) come out of `listen --forward-to`, of
//   `captures export` and of `replay` byte for byte, with the same headers;
// - everything that `listen` acknowledged is in the store, also after so many kill -9 under 64 senders.
// Build first. Ends with 1 when something differs.
//   npx tsx scripts/captures-proof.ts [bodies] [kills]
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { Agent, createServer, type IncomingMessage, request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { buffer } from "node:stream/consumers";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import * as fc from "fast-check";
import { capturesInOrder } from "../src/captures/index.js";

const secret = "a-secret-for-the-proof";
const bin = fileURLToPath(new URL("../bin/misskey-hooks.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "misskey-hooks-proof-"));
const agent = new Agent({ keepAlive: true, maxSockets: 64 });
const [bodies = 10_000, kills = 50] = process.argv.slice(2).map(Number);
let failures = 0;

function verdict(what: string, isRight: boolean): void {
  console.log(`${isRight ? "ok  " : "FAIL"} ${what}`);
  if (!isRight) failures += 1;
}

async function listen(store: string, ...args: string[]): Promise<{ url: string; child: ChildProcess }> {
  const common = ["listen", "--port", "0", "--json", "--quiet", "--secret", secret, "--captures", store];
  const child = spawn(process.execPath, [bin, ...common, ...args], { stdio: ["ignore", "pipe", "ignore"] });
  const lines = createInterface(child.stdout);
  const [line] = (await once(lines, "line")) as [string];
  return { url: (JSON.parse(line) as { url: string }).url, child };
}

/** The status; undefined when the connection broke. */
function send(url: string, body: Buffer, headers: readonly string[]): Promise<number | undefined> {
  return new Promise((resolve) => {
    const sent = request(url, {
      method: "POST",
      agent,
      headers: ["host", new URL(url).host, ...headers, "content-length", String(body.length)],
    });
    sent.on("response", (response: IncomingMessage) => {
      response.resume();
      response.on("end", () => resolve(response.statusCode));
      response.on("error", () => resolve(undefined));
    });
    sent.on("error", () => resolve(undefined));
    sent.end(body);
  });
}

const headersOf = (n: number): string[] =>
  `Content-Type application/json X-Number ${n} x-misskey-Hook-Secret ${secret} accept */* x-twice 1 X-TWICE 2`.split(
    " ",
  );

const number = fc.constantFrom("1.0", "12345678901234567890", "1e400", "-0", "0.10");
const text = fc.oneof(
  fc.string({ unit: "binary" }).map((value) => JSON.stringify(value)),
  fc.constant('"\\u0041\\/"'),
);
const pair = fc.tuple(
  fc.constantFrom('"type"', '"a"', '"body"'),
  fc.constantFrom(":", " : ", ":\r\n\t"),
  fc.oneof(number, text),
);
const json = fc
  .array(pair, { maxLength: 6 })
  .map((pairs) => Buffer.from(`{ ${pairs.map((parts) => parts.join("")).join(" ,\n")} }`));
const bytes = fc.uint8Array({ minLength: 1, maxLength: 300 }).map((value) => Buffer.from(value));
const anyBody = fc.oneof({ weight: 9, arbitrary: json }, { weight: 1, arbitrary: bytes });

async function proveBytes(): Promise<void> {
  const received = new Map<string, string>();
  const handler = createServer((incoming, response) => {
    void buffer(incoming).then((body) => {
      const kept = incoming.rawHeaders.flatMap((name, index, all) =>
        index % 2 === 0 && !/^(host|connection|content-length)$/i.test(name) ? [name, all[index + 1] ?? ""] : [],
      );
      received.set(String(incoming.headers["x-number"]), JSON.stringify([kept, body.toString("base64")]));
      response.writeHead(204).end();
      return undefined;
    });
  });
  await once(handler.listen(0, "127.0.0.1"), "listening");
  const target = `http://127.0.0.1:${(handler.address() as AddressInfo).port}/`;
  const store = join(folder, "bytes");
  const { url, child } = await listen(store, "--forward-to", target);
  const all = fc.sample(anyBody, bodies);
  const statuses: (number | undefined)[] = [];
  for (let start = 0; start < all.length; start += 64) {
    const batch = all.slice(start, start + 64);
    statuses.push(...(await Promise.all(batch.map((body, index) => send(url, body, headersOf(start + index))))));
  }
  const accepted = statuses.flatMap((status, n) => (status === 204 ? [n] : []));
  // Handing on comes after the answer, and Ctrl-C doesn't wait long for it.
  for (let waits = 0; received.size < accepted.length && waits < 300; waits++) await setTimeout(100);
  child.kill("SIGINT");
  await once(child, "close");
  const expected = (n: number): string => JSON.stringify([headersOf(n), all[n]?.toString("base64")]);
  const same = (n: number): boolean => received.get(String(n)) === expected(n);
  verdict(
    `${accepted.length} of ${bodies} were accepted and handed on byte for byte`,
    accepted.length > bodies / 2 && accepted.every(same),
  );
  verdict("the others weren't handed on", received.size === accepted.length);

  const exported = spawn(process.execPath, [bin, "captures", "export", "-", "--captures", store]);
  const numbers = new Map<string, string>();
  for await (const line of createInterface(exported.stdout)) {
    const { rawHeaders, bodyRaw, bodyBase64 } = JSON.parse(line) as Record<string, string> & { rawHeaders: string[] };
    const body = bodyBase64 === undefined ? Buffer.from(bodyRaw ?? "") : Buffer.from(bodyBase64, "base64");
    numbers.set(rawHeaders[rawHeaders.indexOf("X-Number") + 1] ?? "", body.toString("base64"));
  }
  verdict(
    `${numbers.size} came out of captures export byte for byte`,
    all.every((body, n) => numbers.get(String(n)) === body.toString("base64")),
  );

  received.clear();
  const args = [
    "replay",
    "--since",
    "1d",
    "--captures",
    store,
    "--to",
    target,
    "--secret",
    secret,
    "--concurrency",
    "16",
  ];
  const replayed = spawn(process.execPath, [bin, ...args], { stdio: "ignore" });
  const [code] = (await once(replayed, "close")) as [number];
  verdict(
    `${received.size} were replayed byte for byte, with the same headers`,
    code === 0 && all.every((_, n) => same(n)),
  );
  handler.closeAllConnections();
  handler.close();
}

async function proveKills(): Promise<void> {
  const store = join(folder, "kills");
  const acknowledged = new Set<string>();
  for (let kill = 0; kill < kills; kill++) {
    const { url, child } = await listen(store, ...(kill % 2 === 0 ? [] : ["--durable"]));
    const over = new AbortController();
    let begun = (): void => {};
    const hasBegun = new Promise<void>((resolve) => (begun = resolve));
    const sender = async (name: number): Promise<void> => {
      for (let n = 0; !over.signal.aborted; n++) {
        const body = JSON.stringify({ type: "mention", name: `${kill}-${name}-${n}` });
        if ((await send(url, Buffer.from(body), headersOf(n))) === 204) acknowledged.add(body);
        begun();
      }
    };
    const senders = Array.from({ length: 64 }, (_, name) => sender(name));
    await hasBegun;
    const closed = once(child, "close");
    await setTimeout(Math.random() * 400);
    child.kill("SIGKILL");
    await closed;
    over.abort();
    await Promise.all(senders);
  }
  const kept = new Set(Array.from(capturesInOrder(store), ({ delivery }) => Buffer.from(delivery.body).toString()));
  const missing = [...acknowledged].filter((body) => !kept.has(body)).length;
  verdict(
    `${acknowledged.size} acknowledged over ${kills} kills, ${missing} of them missing`,
    missing === 0 && acknowledged.size > kills,
  );
}

try {
  await proveBytes();
  await proveKills();
} finally {
  agent.destroy();
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = failures === 0 ? 0 : 1;
