import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { createSandbox, type Sandbox } from "../../src/sandbox/index.js";
import { answerWith, startRawServer } from "../support/raw-server.js";
import { runCli } from "../support/run-cli.js";
import { tokenOf } from "../support/sandbox-api.js";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createSandbox();
});
afterAll(() => sandbox.close());

test("says what the instance is and can do, for scripts", async () => {
  const { exitCode, stdout } = await runCli(["instance", sandbox.url, "--json"]);
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    instance: sandbox.url,
    software: { name: "misskey", version: "2026.3.2", basedOn: null },
    dialect: "misskey@2025.4",
    known: true,
    evidence: "recorded",
    testEndpoint: true,
    systemWebhooks: true,
    updateRequires: [],
    hookLimit: 3,
    source: "api.json",
  });
  expect(JSON.parse(stdout).events).toContainEqual({ name: "reaction", sent: false });
});

test("asks without a token, even where there is one", async () => {
  const seen: string[] = [];
  const server = await startRawServer(({ line, body }) => {
    seen.push(line + body.toString());
    return answerWith(404);
  });
  onTestFinished(() => server.close());
  const env = { MISSKEY_HOOKS_INSTANCE: `127.0.0.1:${server.port}`, MISSKEY_HOOKS_TOKEN: tokenOf(sandbox, "alice") };
  const { exitCode, stderr } = await runCli(["instance", "--json"], { env });
  expect(exitCode).toBe(4);
  expect(JSON.parse(stderr).error.code).toBe("unknown-software");
  expect(seen).not.toEqual([]);
  expect(seen.join()).not.toContain(env.MISSKEY_HOOKS_TOKEN);
});

test.each([
  ["misskey@13.11", 4],
  ["misskey@2023.12", 4],
  ["misskey@2024", 3],
])("%s lets an account have %d hooks, as its limit is meant there", async (dialect, hookLimit) => {
  const box = await createSandbox({ dialect });
  onTestFinished(() => box.close());
  expect(JSON.parse((await runCli(["instance", box.url, "--json"])).stdout)).toMatchObject({ hookLimit });
  const made = Array.from({ length: hookLimit }, () => box.as("alice").hook("http://127.0.0.1:1/", { secret: "s" }));
  await Promise.all(made);
  await expect(box.as("alice").hook("http://127.0.0.1:1/", { secret: "s" })).rejects.toThrow();
});

describe("for a person", () => {
  test.each([
    ["misskey", /test +yes/, /update +only what changes/],
    ["misskey@2024", /system +yes +need a secret; get reports only where/],
    ["misskey@12.119", /test +no/, /takes effect with the next update/],
    ["misskey@2023.12", /system +no/, /erases the secret/],
    ["sharkey", /reaction, edited: can be chosen, never sent/],
    ["sharkey@2024.9", /renote, edited\n.*reaction: can be chosen, never sent/],
    ["cherrypick", /based on Misskey 2025\.10\.2/, /dialect +cherrypick/],
  ])("%s", async (dialect, ...words) => {
    const box = await createSandbox({ dialect });
    onTestFinished(() => box.close());
    const { stdout } = await runCli(["instance", box.url]);
    for (const pattern of words) expect(stdout).toMatch(pattern);
  });

  test("what a stranger's server says can't reach the terminal", async () => {
    const software = { name: "\u001B[2Jevil", version: "\u001B]0;x\u0007" };
    const server = await startRawServer(({ line }) =>
      line.startsWith("GET /nodeinfo/2.0") ? answerWith(200, {}, JSON.stringify({ software })) : answerWith(404),
    );
    onTestFinished(() => server.close());
    const { stdout, stderr } = await runCli(["instance", `127.0.0.1:${server.port}`]);
    expect(stdout).toContain("unknown; the nearest is");
    // oxlint-disable-next-line no-control-regex
    expect(stdout + stderr).not.toMatch(/[\u001B\u0007]/);
  });
});

test("none is named", async () => {
  expect(await runCli(["instance"])).toMatchObject({ exitCode: 2 });
});
