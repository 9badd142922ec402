import type { ServerResponse } from "node:http";
import { describe, expect, onTestFinished, test } from "vitest";
import { type Diagnosis, examineTarget, type TargetOptions } from "../../src/doctor/index.js";
import { resolveDialect } from "../../src/protocol/index.js";
import { type ReceivedRequest, startRecordingReceiver } from "../support/recording-receiver.js";

async function examine(url: string, options: Partial<TargetOptions> = {}): Promise<Diagnosis[]> {
  const found: Diagnosis[] = [];
  const dialect = resolveDialect("misskey");
  const all = { dialect, localInstance: true, now: () => Date.now(), random: () => 0.5, ...options };
  for await (const diagnosis of examineTarget(url, all)) found.push(diagnosis);
  return found;
}

async function handler(
  answer: (response: ServerResponse) => void,
): Promise<{ url: string; requests: ReceivedRequest[] }> {
  const receiver = await startRecordingReceiver((_request, response) => answer(response));
  onTestFinished(() => receiver[Symbol.asyncDispose]());
  return { url: `${receiver.url}/hook`, requests: receiver.requests };
}

const verdicts = (found: readonly Diagnosis[]): string[] => found.map(({ id, verdict }) => `${id} ${verdict}`);

describe("the answer to a wrong secret", () => {
  test.each([
    [401, "target.secret ok"],
    [403, "target.secret ok"],
    [400, "target.secret ok"],
    [204, "target.secret warning"],
    [302, "target.redirect problem"],
    [308, "target.redirect warning"],
    [404, "target.answer problem"],
    [405, "target.answer problem"],
    [429, "target.answer warning"],
    [500, "target.secret problem"],
  ])("%i: %s", async (status, expected) => {
    const { url, requests } = await handler((response) => response.writeHead(status, { location: "/other" }).end());
    expect(verdicts(await examine(url))).toEqual(["target.address ok", "target.time ok", expected]);
    expect(requests).toHaveLength(1);
    expect(requests[0]?.headers["user-agent"]).toBe("Misskey-Hooks");
  });

  test("that never comes is a problem", async () => {
    const { policy, ...dialect } = resolveDialect("misskey");
    const { url } = await handler(() => {});
    const found = await examine(url, { dialect: { ...dialect, policy: { ...policy, timeoutMs: 50 } } });
    expect(found.at(-1)).toMatchObject({
      id: "target.answer",
      verdict: "problem",
      fact: { code: "no-answer", params: { code: "timeout" } },
    });
  });
});

describe("the way there", () => {
  test.each([
    ["http://127.0.0.1:1/", ["target.address ok", "target.answer problem"]],
    ["http://nobody.invalid/", ["target.url warning", "target.address problem"]],
    ["ftp://bot.example/", ["target.url problem"]],
    ["nonsense", ["target.url problem"]],
  ])("%s", async (url, expected) => {
    const found = await examine(url, { localInstance: url.includes("127") });
    expect(verdicts(found)).toEqual(expected);
  });

  test("to a private address is none for an instance elsewhere", async () => {
    const { url } = await handler((response) => response.writeHead(401).end());
    expect(verdicts(await examine(url, { localInstance: false }))).toContain("target.address warning");
  });

  test("by TLS where there is none is a problem of TLS", async () => {
    const { url } = await handler((response) => response.writeHead(401).end());
    expect(verdicts(await examine(url.replace("http:", "https:")))).toContain("target.tls problem");
  });
});
