import { describe, expect, onTestFinished, test } from "vitest";
import { type Diagnosis, examineAccount, examineHooks } from "../../src/doctor/index.js";
import { diagnosisInWords } from "../../src/reporters/index.js";
import { createApiClient, type Hook, Secret } from "../../src/instance/index.js";
import { createSandbox, type Sandbox } from "../../src/sandbox/index.js";
import { callApi, tokenOf } from "../support/sandbox-api.js";

async function startedSandbox(): Promise<Sandbox> {
  const sandbox = await createSandbox();
  onTestFinished(() => sandbox.close());
  return sandbox;
}

async function examine(origin: string, token: string, now = () => Date.now()): Promise<Diagnosis[]> {
  const found: Diagnosis[] = [];
  for await (const diagnosis of examineAccount(createApiClient({ origin, token }), now)) found.push(diagnosis);
  return found;
}

const verdicts = (found: readonly Diagnosis[]): string[] => found.map(({ id, verdict }) => `${id} ${verdict}`);

describe("instance and token", () => {
  test("as they should be", async () => {
    const sandbox = await startedSandbox();
    expect(verdicts(await examine(sandbox.url, tokenOf(sandbox, "alice")))).toEqual([
      "instance.reachable ok",
      "instance.clock ok",
      "token.valid ok",
      "token.permissions ok",
    ]);
  });

  test("a token that may only read is told, and nothing is deleted", async () => {
    const sandbox = await startedSandbox();
    await sandbox.as("alice").hook("http://127.0.0.1:1/");
    const { json } = await callApi(sandbox, "miauth/gen-token", {
      i: tokenOf(sandbox, "alice"),
      session: null,
      permission: ["read:account"],
    });
    const { token } = json as { token: string };
    expect(verdicts(await examine(sandbox.url, token))).toContain("token.permissions warning");
    expect((await callApi(sandbox, "i/webhooks/list", { i: token })).json).toHaveLength(1);
  });

  test("a revoked token is a problem with the next step", async () => {
    const sandbox = await startedSandbox();
    const found = await examine(sandbox.url, "no-such-token-at-all");
    const last = found.at(-1);
    expect(last).toMatchObject({ id: "token.valid", verdict: "problem", fact: { code: "error" } });
    expect(last && diagnosisInWords(last.fact)).toEqual({
      message: expect.stringContaining("doesn't know this token"),
      hint: expect.stringContaining("misskey-hooks login"),
    });
  });

  test("a clock that goes wrong is told by how much", async () => {
    const sandbox = await startedSandbox();
    const found = await examine(sandbox.url, tokenOf(sandbox, "alice"), () => Date.now() - 120_000);
    expect(found[1]).toMatchObject({ id: "instance.clock", verdict: "warning" });
    expect(found[1] && diagnosisInWords(found[1].fact).message).toMatch(/1(19|20) s ahead/);
  });

  test("an instance that is down is the only thing to say", async () => {
    const sandbox = await startedSandbox();
    await sandbox.close();
    expect(verdicts(await examine(sandbox.url, "whatever-token-here"))).toEqual(["instance.reachable problem"]);
  });
});

describe("hooks", () => {
  const hook: Hook = {
    id: "h",
    userId: "u",
    name: "bot",
    url: "https://bot.example/hook",
    secret: new Secret("s"),
    on: ["mention"],
    active: true,
    latestSentAt: "2026-11-22T00:00:00.000Z",
    latestStatus: 204,
  };

  test.each([
    [null, true, ["ok"]],
    [200, true, ["ok"]],
    [1, true, ["problem"]],
    [302, true, ["problem"]],
    [401, true, ["problem"]],
    [404, true, ["problem"]],
    [422, true, ["problem"]],
    [429, true, ["problem"]],
    [503, true, ["problem"]],
    [503, false, ["warning", "warning"]],
    [204, false, ["ok", "warning"]],
  ])("latestStatus %s, active %s: %j", (latestStatus, active, expected) => {
    const found = examineHooks([{ ...hook, latestStatus, active }], { localInstance: false });
    expect(found.map(({ verdict }) => verdict)).toEqual(expected);
    for (const { id } of found) expect(id).toBe("hooks.h");
  });

  test("what will go wrong with their fields", () => {
    const bad = { ...hook, url: "http://localhost/", on: [], secret: new Secret("") };
    const found = examineHooks([bad], { localInstance: false }).slice(1);
    expect(found.map(({ verdict }) => verdict).toSorted()).toEqual(["problem", "warning", "warning"]);
  });
});

test.each([401, 403])("a latest answer of %i is no proof of another secret", (status) => {
  const [found] = examineHooks(
    [
      {
        id: "h",
        userId: "u",
        name: "bot",
        url: "https://bot.example/hook",
        secret: new Secret("s"),
        on: ["mention"],
        active: true,
        latestSentAt: "2026-11-22T00:00:00.000Z",
        latestStatus: status,
      },
    ],
    { localInstance: false },
  );
  const { message, hint } = diagnosisInWords(found?.fact ?? { code: "none", params: {} });
  expect(message).toContain(`answered ${status}`);
  expect(hint).toContain("its log says why. If it is the secret,");
});
