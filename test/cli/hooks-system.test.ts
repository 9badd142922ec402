import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { createSandbox, type Sandbox } from "../../src/sandbox/index.js";
import { answerWith, startRawServer } from "../support/raw-server.js";
import { startRecordingReceiver } from "../support/recording-receiver.js";
import { startReplayServer } from "../support/replay-server.js";
import { type RunResult, runCli } from "../support/run-cli.js";
import { callApi, type Json, tokenOf } from "../support/sandbox-api.js";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createSandbox();
});
afterAll(() => sandbox.close());

const admin = (): string => tokenOf(sandbox, "admin");
const onServer = async (): Promise<Json[]> =>
  (await callApi(sandbox, "admin/system-webhook/list", { i: admin() })).json;
beforeEach(async () => {
  for (const { id } of await onServer()) await callApi(sandbox, "admin/system-webhook/delete", { i: admin(), id });
});

const run = (verb: string, args: readonly string[], token = admin()): Promise<RunResult> =>
  runCli(["hooks", verb, "--system", ...args, "--json"], {
    env: { MISSKEY_HOOKS_INSTANCE: sandbox.url, MISSKEY_HOOKS_TOKEN: token },
  });
const create = (url = "http://127.0.0.1:4649/"): Promise<RunResult> =>
  run("create", ["--name", "mod", "--url", url, "--on", "abuseReport", "--secret", "s3cret"]);

test("the life of a system webhook", async () => {
  const created = await create();
  expect(created.exitCode, created.stderr).toBe(0);
  expect(JSON.parse(created.stdout)).toMatchObject({ name: "mod", active: true, secret: "***", userId: null });
  await run("update", ["mod", "--on", "all"]);
  await run("disable", ["mod"]);
  expect(await onServer()).toMatchObject([
    {
      name: "mod",
      url: "http://127.0.0.1:4649/",
      secret: "s3cret",
      isActive: false,
      on: [
        "abuseReport",
        "abuseReportResolved",
        "userCreated",
        "inactiveModeratorsWarning",
        "inactiveModeratorsInvitationOnlyChanged",
      ],
    },
  ]);
  await run("toggle", ["mod"]);
  expect(JSON.parse((await run("show", ["mod"])).stdout)).toMatchObject({ active: true });
  expect(JSON.parse((await run("list", [])).stdout)).toHaveLength(1);
  expect((await run("delete", ["mod", "--yes"])).exitCode).toBe(0);
  expect(await onServer()).toEqual([]);
});

test("a test delivery arrives", async () => {
  await using receiver = await startRecordingReceiver();
  await create(receiver.url);
  const { exitCode, stderr } = await run("test", ["mod", "--type", "abuseReport"]);
  expect(exitCode, stderr).toBe(0);
  await receiver.received(1);
  expect(receiver.requests[0]?.json).toMatchObject({ type: "abuseReport" });
});

test("what is told to type next works as it stands", async () => {
  await using receiver = await startRecordingReceiver();
  const env = { MISSKEY_HOOKS_TOKEN: admin() };
  const flags = ["--name=mod", `--url=${receiver.url}`, "--on=abuseReport", "--generate-secret"];
  const created = await runCli(["hooks", "create", "--system", ...flags, "--instance", sandbox.url], { env });
  const next = [...created.stderr.matchAll(/\$ misskey-hooks (.+?) {3}/g)].map(([, words = ""]) => words.split(" "));
  const [listen, ...others] = next;
  expect(listen?.join(" ")).toBe(`listen --port ${new URL(receiver.url).port} --secret`);
  expect(others.map(([, verb]) => verb)).toEqual(["test", "show"]);
  for (const words of others) expect(await runCli(words, { env })).toMatchObject({ exitCode: 0 });
  await receiver.received(1);
});

test("where there are none, the next step is about system webhooks, too", async () => {
  const env = { MISSKEY_HOOKS_INSTANCE: sandbox.url, MISSKEY_HOOKS_TOKEN: admin() };
  const { stderr } = await runCli(["hooks", "list", "--system"], { env });
  expect(stderr).toContain("misskey-hooks hooks create --system");
});

test("all is what the instance knows: Misskey 2024.9.0 has three of the five events", async () => {
  const known = ["abuseReport", "abuseReportResolved", "userCreated"];
  const schema = { type: "object", required: ["on"], properties: { on: { type: "array", items: { enum: known } } } };
  const endpoint = { post: { requestBody: { content: { "application/json": { schema } } } } };
  const paths = { "/i/webhooks/create": endpoint, "/admin/system-webhook/create": endpoint };
  const json = { "content-type": "application/json" };
  const server = await startRawServer(({ line, body }) => {
    if (line.startsWith("GET /api.json")) return answerWith(200, json, JSON.stringify({ paths }));
    const { i: _token, ...hook } = JSON.parse(String(body));
    return answerWith(200, json, JSON.stringify({ id: "x", latestSentAt: null, latestStatus: null, ...hook }));
  });
  onTestFinished(() => server.close());
  const { exitCode, stdout, stderr } = await runCli(
    ["hooks", "create", "--system", "--name=mod", "--url=http://127.0.0.1/", "--on=all", "--secret=s", "--json"],
    { env: { MISSKEY_HOOKS_INSTANCE: `127.0.0.1:${server.port}`, MISSKEY_HOOKS_TOKEN: "t0kent0kent0kent" } },
  );
  expect(exitCode, stderr).toBe(0);
  expect(JSON.parse(stdout).on).toEqual(known);
});

describe("that reports don't reach it", () => {
  const hook = ["--system", "--name=mod", "--url=http://127.0.0.1:4649/", "--secret=s3cret"];

  async function boxWith(dialect: string) {
    const box = await createSandbox({ dialect });
    onTestFinished(() => box.close());
    const env = { MISSKEY_HOOKS_INSTANCE: box.url, MISSKEY_HOOKS_TOKEN: tokenOf(box, "admin") };
    const hooks = async (...args: string[]): Promise<string> => {
      const { exitCode, stderr } = await runCli(["hooks", ...args], { env });
      expect(exitCode, stderr).toBe(0);
      return stderr;
    };
    const addRecipient = async (isActive: boolean): Promise<void> => {
      const [{ id: systemWebhookId }] = (await callApi(box, "admin/system-webhook/list", { i: tokenOf(box, "admin") }))
        .json;
      const recipient = { isActive, name: "r", method: "webhook", systemWebhookId, i: tokenOf(box, "admin") };
      await callApi(box, "admin/abuse-report/notification-recipient/create", recipient);
    };
    return { hooks, addRecipient, page: `${box.url}/admin/abuse-report-notification-recipient` };
  }

  test("is told where they need a recipient, with the page to add one", async () => {
    const { hooks, addRecipient, page } = await boxWith("misskey@2024");
    expect(await hooks("create", ...hook, "--on=abuseReport")).toContain(`To add one: ${page}`);
    for (const args of [
      ["show", "--system", "mod"],
      ["ensure", ...hook],
      ["ensure", ...hook, "--json"],
    ])
      expect(await hooks(...args)).toContain("No report reaches it");
    await addRecipient(true);
    expect(await hooks("show", "--system", "mod")).toBe("");
    expect(await hooks("ensure", ...hook)).not.toContain("report");
  });

  test("isn't told of a hook that asks for none", async () => {
    const { hooks } = await boxWith("misskey@2024");
    expect(await hooks("create", ...hook, "--on=userCreated")).not.toContain("report");
  });

  test("is told elsewhere of a recipient that is off", async () => {
    const { hooks, addRecipient } = await boxWith("misskey");
    expect(await hooks("create", ...hook, "--on=abuseReportResolved")).not.toContain("report");
    await addRecipient(false);
    expect(await hooks("show", "--system", "mod")).toContain("To switch it on, or delete it: http");
  });
});

describe("what doesn't work is explained", () => {
  test("an account's event", async () => {
    const { exitCode, stderr } = await run("create", [
      "--name=a",
      "--url=http://127.0.0.1/",
      "--on=note",
      "--secret=s",
    ]);
    expect(exitCode).toBe(2);
    expect(JSON.parse(stderr).error.message).toContain("leave out --system");
  });

  test("an account that is no moderator", async () => {
    const { exitCode, stderr } = await run("list", [], tokenOf(sandbox, "bob"));
    expect(exitCode).toBe(4);
    expect(JSON.parse(stderr).error).toMatchObject({
      code: "role-permission-denied",
      message: expect.stringContaining("moderators"),
    });
  });

  test("the token of an app", async () => {
    const permission = ["read:account", "write:account"];
    const { json } = await callApi(sandbox, "miauth/gen-token", { i: admin(), session: null, permission });
    const { exitCode, stderr } = await run("list", [], json.token);
    expect(exitCode).toBe(4);
    expect(JSON.parse(stderr).error).toMatchObject({
      code: "access-denied",
      hint: expect.stringContaining("own token"),
    });
  });

  test("a server that has none", async () => {
    const box = await createSandbox({ dialect: "misskey@13.11" });
    onTestFinished(() => box.close());
    const { exitCode, stderr } = await runCli(["hooks", "list", "--system"], {
      env: { MISSKEY_HOOKS_INSTANCE: box.url, MISSKEY_HOOKS_TOKEN: tokenOf(box, "admin") },
    });
    expect(exitCode).toBe(4);
    expect(stderr).toContain("2024.7.0");
  });
});

test("the recorded server's answers are understood", async () => {
  await using instance = await startReplayServer("misskey@2026.3.2", { "admin/system-webhook/list": "system-list" });
  const { stdout } = await runCli(["hooks", "list", "--system", "--json"], {
    env: { MISSKEY_HOOKS_INSTANCE: instance.url, MISSKEY_HOOKS_TOKEN: "token" },
  });
  expect(JSON.parse(stdout)).toMatchObject([{ name: "sys", active: true, secret: "***" }]);
});
