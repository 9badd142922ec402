// Who may talk to a sandbox: pages of other sites may call the API, as a server's, and nothing else.
import { request } from "node:http";
import { assert, asyncProperty, constantFrom, oneof, string } from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { createSandbox, type Sandbox } from "../../src/sandbox/index.js";
import { rawExchange } from "../support/raw-exchange.js";
import { callApi } from "../support/sandbox-api.js";

let sandbox: Sandbox;

beforeEach(async () => {
  sandbox = await createSandbox({ allowedHosts: ["sandbox.example"] });
});
afterEach(() => sandbox.close());

/** The status of a request with any headers; fetch lets nobody set Host. */
function statusOf(path: string, headers: Readonly<Record<string, string>>, method = "GET"): Promise<number> {
  return new Promise((resolve, reject) => {
    request(`${sandbox.url}${path}`, { method, headers, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on("error", reject)
      .end();
  });
}

const ownNames = [
  "127.0.0.1",
  "127.0.0.1:3939",
  "[::1]:3939",
  "192.168.1.5",
  "localhost:3939",
  "app.localhost",
  "sandbox",
  "host.docker.internal:3939",
  "sandbox.example",
  "SANDBOX.example:443",
];
const others = ["evil.example", "evil.example:3939", "sandbox.example.evil.example", "127.0.0.1.evil.example", "a.b"];

describe("Host", () => {
  test.each(ownNames)("%s is the sandbox's own", async (host) => {
    expect(await statusOf("/nodeinfo/2.0", { host })).toBe(200);
    expect(await statusOf("/api/meta", { host }, "POST")).not.toBe(403);
  });

  test.each(others)("%s isn't, wherever it asks", async (host) => {
    for (const [path, method] of [
      ["/nodeinfo/2.0", "GET"],
      ["/api/meta", "POST"],
      ["/miauth/x", "GET"],
      ["/sandbox/queue", "GET"],
      ["/nothing", "GET"],
    ] as const) {
      expect(await statusOf(path, { host }, method)).toBe(403);
    }
  });

  test("a stream isn't opened under another name", async () => {
    const url = `${sandbox.url.replace("http", "ws")}/streaming?i=${sandbox.as("alice").token}`;
    const status = await new Promise((resolve) => {
      const socket = new WebSocket(url, { headers: { host: "evil.example" } });
      socket.on("unexpected-response", (_request, response) => resolve(response.statusCode));
      socket.on("open", () => resolve("open"));
      socket.on("error", () => {});
    });
    expect(status).toBe(403);
  });
});

describe("pages of other sites", () => {
  const foreign = { origin: "https://evil.example", "sec-fetch-site": "cross-site" };

  test("may call the API, where they find nothing out without a token", async () => {
    const { status, headers } = await callApi(sandbox, "meta", {}, foreign);
    expect([status, headers.get("access-control-allow-origin")]).toEqual([200, "*"]);
    expect((await callApi(sandbox, "i/webhooks/list", {}, foreign)).status).toBe(401);
  });

  test("may neither read nor change the queue", async () => {
    const response = await fetch(`${sandbox.url}/sandbox/queue`, { headers: foreign });
    expect(response.headers.get("access-control-allow-origin")).toBeNull();
    for (const [path, method] of [
      ["/sandbox/queue/x/retry", "POST"],
      ["/sandbox/queue/x", "DELETE"],
    ] as const) {
      expect(await statusOf(path, foreign, method)).toBe(403);
      expect(await statusOf(path, {}, method)).toBe(404);
    }
  });
});

test("whatever is sent, the sandbox never answers 500", async () => {
  const paths = [
    "/miauth/x",
    "/api/drive/files/create",
    "/api/notes/create",
    "/api/miauth/x/check",
    "/sandbox/queue/x",
  ];
  const types = ["application/json", "multipart/form-data; boundary=b", "multipart/form-data", "text/plain", "x"];
  const bodies = [
    "",
    "{",
    "null",
    "[]",
    '"x"',
    "--b",
    '--b\r\nContent-Disposition: form-data; name="i"\r\n\r\nx',
    "--b--",
  ];
  await assert(
    asyncProperty(
      constantFrom(...paths),
      constantFrom(...types),
      oneof(constantFrom(...bodies), string()),
      async (path, type, body) => {
        const response = await fetch(`${sandbox.url}${path}`, {
          method: "POST",
          headers: { "content-type": type },
          body,
        });
        await response.text();
        expect(response.status).toBeLessThan(500);
      },
    ),
    { numRuns: 150 },
  );
});

test("an upload that is cut short is the caller's fault", async () => {
  const head = `POST /api/drive/files/create HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n`;
  const part =
    '--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\nhel';
  const type = "Content-Type: multipart/form-data; boundary=b\r\n";
  const answer = await rawExchange(
    Number(new URL(sandbox.url).port),
    `${head}${type}Content-Length: ${part.length}\r\n\r\n${part}`,
  );
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
});
