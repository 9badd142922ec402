import { once } from "node:events";
import { createServer as createHttpsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { createApiClient } from "../../src/instance/index.js";
import { type Network, networkOfEnv, proxyFor } from "../../src/network/index.js";
import { certificateOfAnother, certificateOfInstance } from "../support/certificates.js";
import { startProxy } from "../support/connect-proxy.js";
import { answerWith, freePort, startRawServer } from "../support/raw-server.js";

const json = { "content-type": "application/json" };

async function startInstance() {
  const server = await startRawServer(() => answerWith(200, json, '{"version":"1"}'));
  onTestFinished(() => server.close());
  return server;
}

/** An instance over https whose certificate nobody trusts yet. */
async function startTlsInstance(certificate = certificateOfInstance) {
  const server = createHttpsServer({ ...certificate }, (_request, response) => {
    response.writeHead(200, json).end('{"version":"1"}');
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, ca: certificate.cert };
}

const meta = (origin: string, network: Network): Promise<unknown> =>
  createApiClient({ origin, network, token: "t0kent0kent0kent" })
    .call("meta")
    .catch((error: unknown) => error);

describe("through a proxy", () => {
  test("http and https go over a tunnel to the instance's own name", async () => {
    const instance = await startInstance();
    const proxy = await startProxy(instance.port);
    const network = { httpProxy: `http://me:pass%20word@${proxy.url}` };
    expect(await meta("http://instance.example", network)).toEqual({ version: "1" });
    const basic = Buffer.from("me:pass word").toString("base64");
    expect(proxy.seen).toEqual([{ target: "instance.example:80", authorization: `Basic ${basic}` }]);

    const secure = await startTlsInstance();
    const second = await startProxy(secure.port);
    expect(await meta("https://instance.example", { httpsProxy: second.url, ca: secure.ca })).toEqual({ version: "1" });
    expect(second.seen).toMatchObject([{ target: "instance.example:443" }]);
    expect(await meta("https://instance.example", { httpsProxy: second.url })).toMatchObject({
      code: "instance-untrusted",
    });
  });

  test("but not to an instance on this machine", async () => {
    const instance = await startInstance();
    const proxy = await startProxy(1);
    expect(await meta(`http://127.0.0.1:${instance.port}`, { httpProxy: proxy.url })).toEqual({ version: "1" });
    expect(proxy.seen).toEqual([]);
  });

  test.each([
    [407, /user name and a password/],
    [403, /NO_PROXY/],
  ])("that answers %i", async (status, hint) => {
    const proxy = await startProxy(1, status);
    const error = await meta("https://instance.example", { httpsProxy: `http://me:s3cret@${proxy.url}` });
    expect(error).toMatchObject({ code: "proxy-refused", outcome: "unreachable" });
    expect((error as { hint: string }).hint).toMatch(hint);
    expect(String(error)).toContain(proxy.url);
    expect(String(error)).not.toContain("s3cret");
  });

  test("that isn't there", async () => {
    const error = await meta("https://instance.example", { httpsProxy: `127.0.0.1:${await freePort()}` });
    expect(error).toMatchObject({ code: "proxy-unreachable", outcome: "unreachable" });
  });

  test("that can't be one", () => {
    const network = { httpsProxy: "ftp://me:s3cret@proxy" };
    expect(() => createApiClient({ origin: "https://instance.example", network })).toThrow(
      expect.objectContaining({ code: "bad-proxy", message: expect.not.stringContaining("s3cret") as string }),
    );
  });
});

describe("which proxy", () => {
  const at = (url: string, env: Readonly<Record<string, string>>): string | undefined =>
    proxyFor(new URL(url), networkOfEnv(env));
  test.each([
    ["https://a.example", { HTTPS_PROXY: "http://p:1" }, "p:1"],
    ["https://a.example", { https_proxy: "http://q:1", HTTPS_PROXY: "http://p:1" }, "q:1"],
    ["https://a.example", { HTTP_PROXY: "http://p:1" }, "p:1"],
    ["http://a.example", { HTTPS_PROXY: "http://p:1" }, undefined],
    ["https://a.example", { HTTPS_PROXY: "http://p:1", NO_PROXY: "b.example,a.example" }, undefined],
    ["https://sub.a.example", { HTTPS_PROXY: "http://p:1", NO_PROXY: ".a.example" }, undefined],
    ["https://nota.example", { HTTPS_PROXY: "http://p:1", NO_PROXY: "a.example" }, "p:1"],
    ["https://a.example", { HTTPS_PROXY: "http://p:1", NO_PROXY: "a.example:8443" }, "p:1"],
    ["https://a.example:8443", { HTTPS_PROXY: "http://p:1", NO_PROXY: "a.example:8443" }, undefined],
    ["https://a.example", { HTTPS_PROXY: "http://p:1", NO_PROXY: "*" }, undefined],
    ["https://a.example", { HTTPS_PROXY: "" }, undefined],
    ["http://localhost:3000", { HTTP_PROXY: "http://p:1" }, undefined],
  ] as const)("%s with %j: %s", (url, env, expected) => {
    expect(at(url, env)).toBe(expected);
  });
});

describe("a certificate that nobody trusts", () => {
  test("is refused, trusted by name, or accepted unseen", async () => {
    const { port, ca } = await startTlsInstance();
    const origin = `https://127.0.0.1:${port}`;
    expect(await meta(origin, {})).toMatchObject({
      code: "instance-untrusted",
      outcome: "unreachable",
      hint: expect.stringContaining("--ca-file") as string,
    });
    expect(await meta(origin, { ca })).toEqual({ version: "1" });
    expect(await meta(origin, { insecure: true })).toEqual({ version: "1" });
  });

  test("that is trusted still has to be for the name", async () => {
    const { port, ca } = await startTlsInstance(certificateOfAnother);
    expect(await meta(`https://127.0.0.1:${port}`, { ca })).toMatchObject({ code: "instance-untrusted" });
  });
});

describe("being told to slow down", () => {
  const limited = answerWith(429, { ...json, "retry-after": "7" }, '{"error":{"code":"RATE_LIMIT_EXCEEDED","id":"1"}}');
  async function withLimits(times: number, maxWaitMs: number) {
    const server = await startRawServer((_request, index) => (index < times ? limited : answerWith(200, json, "[]")));
    onTestFinished(() => server.close());
    const waits: number[] = [];
    const sleep = async (ms: number): Promise<void> => void waits.push(ms);
    const patience = { maxWaitMs, sleep };
    const api = createApiClient({ origin: `http://127.0.0.1:${server.port}`, patience });
    const answer = await api.call("i/webhooks/list").catch((error: unknown) => error);
    return { answer, waits, requests: server.requests.length };
  }

  test("waits as long as it says, and asks again", async () => {
    expect(await withLimits(2, 30_000)).toEqual({ answer: [], waits: [7000, 7000], requests: 3 });
  });

  test("not longer in all than is bearable", async () => {
    expect(await withLimits(9, 15_000)).toMatchObject({ answer: { code: "rate-limited" }, waits: [7000, 7000] });
    expect(await withLimits(1, 5000)).toMatchObject({ answer: { code: "rate-limited" }, waits: [], requests: 1 });
  });
});
