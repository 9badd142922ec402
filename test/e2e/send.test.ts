// send as it ships: the built program, a real process, real sockets.
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { afterEach, expect, it } from "vitest";
import { answerWith, freePort, type RawServer, startRawServer } from "../support/raw-server.js";

const bin = fileURLToPath(new URL("../../bin/misskey-hooks.js", import.meta.url));
const send = (...args: string[]) => execa(process.execPath, [bin, "send", ...args], { reject: false, timeout: 20_000 });

const servers: RawServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});
async function receiver(answer: Parameters<typeof startRawServer>[0]): Promise<RawServer> {
  const server = await startRawServer(answer);
  servers.push(server);
  return server;
}

it("delivers a mention", async () => {
  const { url, requests } = await receiver(() => answerWith(204));
  const { exitCode, stdout, stderr } = await send("mention", url, "--secret", "s");
  expect([exitCode, stderr]).toEqual([0, ""]);
  expect(stdout).toMatch(/^✓ mention \(default\) → http\S+ {2}204 in \d+ ms, as misskey@2025\.4$/);
  expect(requests[0]?.headers).toContainEqual(["x-misskey-hook-secret", "s"]);
});

it.each<[string, Parameters<typeof startRawServer>[0], number]>([
  ["refuses", () => answerWith(401), 1],
  ["fails", () => answerWith(500, {}, "<html>\u001B[31mStack trace"), 1],
  ["never answers", () => () => {}, 3],
  ["resets", () => (socket) => void socket.resetAndDestroy(), 3],
  ["speaks something else", () => "SSH-2.0-OpenSSH_9.6\r\n", 3],
  ["never ends its answer", () => (socket) => void socket.write("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n"), 0],
])("a receiver that %s: no stack trace, no hang", async (_, answer, expected) => {
  const { url } = await receiver(answer);
  const { exitCode, stdout, stderr, timedOut } = await send("mention", url, "--timeout", "300ms");
  expect([exitCode, timedOut]).toEqual([expected, false]);
  expect(stdout + stderr).not.toMatch(/ {4}at |node:|\u001B/);
});

it("a port where nobody listens, an address that swallows everything, a name that doesn't exist", async () => {
  const results = await Promise.all([
    send("mention", `http://127.0.0.1:${await freePort()}/`),
    send("mention", "http://192.0.2.1/", "--timeout", "300ms"),
    send("mention", "http://nowhere.invalid/"),
  ]);
  for (const { exitCode, stdout, timedOut, durationMs } of results) {
    expect([exitCode, timedOut]).toEqual([3, false]);
    expect(stdout).toContain("no response");
    expect(durationMs).toBeLessThan(10_000);
  }
});

it("ten thousand events", async () => {
  const { url, requests } = await receiver(() => answerWith(204));
  const { exitCode, stdout, stderr } = await send("note", url, "--times", "10000", "--concurrency", "64");
  expect([exitCode, stderr]).toEqual([0, ""]);
  expect(stdout).toContain("10000 delivered, 0 refused, 0 without a response");
  expect(requests).toHaveLength(10_000);
});

it("ends on Ctrl-C within two seconds, also between attempts", async () => {
  const { url } = await receiver(() => answerWith(500));
  const running = execa(process.execPath, [bin, "send", "mention", url, "--retry"], { reject: false });
  running.stderr.on("data", (chunk: Buffer) => {
    if (chunk.toString().includes("attempt 2 of 4")) running.kill("SIGINT");
  });
  const { exitCode, durationMs } = await running;
  expect(exitCode).toBe(130);
  expect(durationMs).toBeLessThan(10_000);
});
