import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, createServer as createTcpServer } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { createApiClient, userAgent } from "../../src/instance/index.js";
import { answerWith, freePort, type RawAnswer, startRawServer } from "../support/raw-server.js";

const json = { "content-type": "application/json; charset=utf-8" };

async function instance(answer: RawAnswer) {
  const server = await startRawServer(() => answer);
  onTestFinished(() => server.close());
  return server;
}

async function failure(origin: string, options: { timeoutMs?: number; maxAnswerBytes?: number } = {}) {
  return createApiClient({ origin, token: "t0kent0kent0kent", ...options })
    .call("i/webhooks/list")
    .then(
      () => ({ code: "no error" }),
      (error: unknown) => error,
    );
}

const originOf = ({ port }: { port: number }): string => `http://127.0.0.1:${port}`;

test("the token goes in the body and nowhere else, and we say who we are", async () => {
  const server = await instance(answerWith(200, json, "[]"));
  await createApiClient({ origin: originOf(server), token: "t0kent0kent0kent" }).call("i/webhooks/show", {
    webhookId: "x",
  });
  const [request] = server.requests;
  expect(request?.line).toBe("POST /api/i/webhooks/show HTTP/1.1");
  expect(JSON.parse(String(request?.body))).toEqual({ webhookId: "x", i: "t0kent0kent0kent" });
  const headers = Object.fromEntries(request?.headers ?? []);
  expect(headers).toMatchObject({ "content-type": "application/json", "user-agent": userAgent });
  expect(JSON.stringify(headers)).not.toContain("t0kent0kent0kent");
  expect(userAgent).toMatch(/^misskey-hooks\/\d+\.\d+\.\d+ \(\+https:\/\//);
});

test("without a token the body has none", async () => {
  const server = await instance(answerWith(200, json, "{}"));
  await createApiClient({ origin: originOf(server) }).call("meta");
  expect(String(server.requests[0]?.body)).toBe("{}");
});

test("nobody listens", async () => {
  expect(await failure(`http://127.0.0.1:${await freePort()}`)).toMatchObject({
    code: "instance-refused-connection",
    outcome: "unreachable",
  });
});

test("a host that doesn't exist", async () => {
  expect(await failure("http://instance.invalid")).toMatchObject({
    code: "instance-not-found",
    outcome: "unreachable",
  });
});

test("no answer in time", async () => {
  const server = await instance(() => {});
  expect(await failure(originOf(server), { timeoutMs: 50 })).toMatchObject({
    code: "instance-timed-out",
    outcome: "unreachable",
  });
});

test("an answer that starts and never ends", async () => {
  const server = await instance((socket) => void socket.write("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n[]"));
  expect(await failure(originOf(server), { timeoutMs: 100 })).toMatchObject({ code: "instance-timed-out" });
});

test("a connection that is cut", async () => {
  const server = await instance((socket) => void socket.resetAndDestroy());
  expect(await failure(originOf(server))).toMatchObject({ code: "instance-hung-up", outcome: "unreachable" });
});

test("https to a port that speaks http", async () => {
  const server = createHttpServer().listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  expect(await failure(originOf(server.address() as AddressInfo).replace("http:", "https:"))).toMatchObject({
    code: "instance-not-tls",
    outcome: "unreachable",
  });
});

test("what isn't HTTP at all", async () => {
  const server = createTcpServer((socket) => socket.end("SSH-2.0-OpenSSH_9.6\r\n")).listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  expect(await failure(originOf(server.address() as AddressInfo))).toMatchObject({
    code: "instance-not-http",
    outcome: "unreachable",
  });
});

test("an endless answer is cut off", async () => {
  const server = await instance(answerWith(200, json, `["${"x".repeat(5000)}"]`));
  expect(await failure(originOf(server), { maxAnswerBytes: 1000 })).toMatchObject({ code: "answer-too-large" });
});

test("a redirect isn't followed, so that the token stays with the instance", async () => {
  const other = await instance(answerWith(200, json, "[]"));
  const server = await instance(answerWith(301, { location: `${originOf(other)}/api/i/webhooks/list` }));
  expect(await failure(originOf(server))).toMatchObject({
    code: "instance-redirects",
    outcome: "refused",
    hint: expect.stringContaining(`--instance ${originOf(other)}`) as string,
  });
  expect(other.requests).toEqual([]);
});

test.each([
  ["a web page", answerWith(200, { "content-type": "text/html" }, "<title>Welcome</title>"), "not-an-api-answer"],
  [
    "a bot check",
    answerWith(403, { "content-type": "text/html" }, "<title>Just a moment...</title>"),
    "not-an-api-answer",
  ],
  ["a proxy without its server", answerWith(502, { "content-type": "text/html" }, "<h1>Bad</h1>"), "instance-down"],
  ["nothing where hooks were asked for", answerWith(200, json, ""), "no error"],
  ["a proxy's own limit", answerWith(429, { "retry-after": "7" }, "slow down"), "rate-limited"],
  ["half a JSON", answerWith(200, json, "[{"), "not-an-api-answer"],
])("%s", async (_case, answer, code) => {
  const server = await instance(answer);
  expect(await failure(originOf(server))).toMatchObject({ code });
});

test("a limit's wait is told, also when only the reset is", async () => {
  const date = new Date(1_800_000_000_000).toUTCString();
  const error = { code: "RATE_LIMIT_EXCEEDED", id: "d5826d14", message: "", info: { resetMs: 1_800_000_030_000 } };
  const server = await instance(answerWith(429, { ...json, date }, JSON.stringify({ error })));
  expect(await failure(originOf(server))).toMatchObject({ hint: "Try again in 30 s." });
});

test("an instance that echoes the token can't make us show it", async () => {
  const error = { code: "ODD", id: "1", message: "no such token: t0kent0kent0kent" };
  const server = await instance(answerWith(400, json, JSON.stringify({ error })));
  const shown = await failure(originOf(server));
  expect(shown).toMatchObject({ code: "api-error" });
  expect(String(shown)).toContain("no such token: ***");
});

test("an interruption ends a call that is under way", async () => {
  const interrupt = new AbortController();
  const server = await instance(() => interrupt.abort());
  const api = createApiClient({ origin: originOf(server), signal: interrupt.signal });
  await expect(api.call("meta")).rejects.toMatchObject({ code: "interrupted", outcome: "interrupted" });
});
