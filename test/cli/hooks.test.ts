import { chmod, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { createSandbox, type Sandbox } from "../../src/sandbox/index.js";
import { answerWith, startRawServer } from "../support/raw-server.js";
import { startRecordingReceiver } from "../support/recording-receiver.js";
import { startReplayServer } from "../support/replay-server.js";
import { type RunOptions, runCli } from "../support/run-cli.js";
import { callApi, tokenOf } from "../support/sandbox-api.js";

let sandbox: Sandbox;
let env: Record<string, string>;

beforeAll(async () => {
  sandbox = await createSandbox();
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  const i = tokenOf(sandbox, "alice");
  env = { MISSKEY_HOOKS_INSTANCE: sandbox.url, MISSKEY_HOOKS_TOKEN: i };
  const { json } = await callApi(sandbox, "i/webhooks/list", { i });
  for (const { id } of json) await callApi(sandbox, "i/webhooks/delete", { i, webhookId: id });
});

const hooks = (args: readonly string[], options: RunOptions = {}) =>
  runCli(["hooks", ...args], { ...options, env: { ...env, ...options.env } });

const newHook = ["create", "--name", "bot", "--url", "http://127.0.0.1:4649/", "--on", "mention,reply"];

async function createBot(secret = "bot-secret") {
  const { exitCode, stderr } = await hooks(newHook, { env: { MISSKEY_HOOKS_SECRET: secret } });
  expect(exitCode, stderr).toBe(0);
}

async function onServer() {
  const { json } = await callApi(sandbox, "i/webhooks/list", { i: tokenOf(sandbox, "alice") });
  return json as Record<string, unknown>[];
}

describe("without a terminal", () => {
  test("the life of a hook", async () => {
    const created = await hooks([...newHook, "--json"], { env: { MISSKEY_HOOKS_SECRET: "bot-secret" } });
    expect(created.exitCode).toBe(0);
    const hook = JSON.parse(created.stdout);
    expect(hook).toMatchObject({ name: "bot", on: ["mention", "reply"], active: true, secret: "***" });

    const listed = await hooks(["list", "--json"]);
    expect(JSON.parse(listed.stdout)).toEqual([hook]);

    const shown = await hooks(["show", "bot", "--json", "--show-secret"]);
    expect(JSON.parse(shown.stdout)).toEqual({ ...hook, secret: "bot-secret" });

    const updated = await hooks(["update", hook.id, "--url", "http://127.0.0.1:4650/", "--name", "bot 2", "--json"]);
    expect(JSON.parse(updated.stdout)).toMatchObject({ name: "bot 2", url: "http://127.0.0.1:4650/" });

    for (const [verb, active] of [
      ["disable", false],
      ["enable", true],
      ["toggle", false],
      ["toggle", true],
    ] as const) {
      const { exitCode, stdout } = await hooks([verb, "bot 2", "--json"]);
      expect(exitCode).toBe(0);
      expect(JSON.parse(stdout).active).toBe(active);
    }
    expect(await onServer()).toMatchObject([{ secret: "bot-secret", on: ["mention", "reply"], active: true }]);

    const deleted = await hooks(["delete", "bot 2", "--yes", "--json"]);
    expect(JSON.parse(deleted.stdout)).toEqual({ id: hook.id, name: "bot 2", deleted: true });
    expect(await onServer()).toEqual([]);
  });

  test("a secret is in no output, unless asked for", async () => {
    const runs = [
      await hooks(newHook, { env: { MISSKEY_HOOKS_SECRET: "hunter2" } }),
      await hooks(["list"]),
      await hooks(["list", "--json"]),
      await hooks(["show", "bot"]),
      await hooks(["update", "bot", "--name", "bot 2", "--json", "--debug"]),
      await hooks(["disable", "bot 2"]),
      await hooks(["show", "no such hook", "--debug"]),
    ];
    const said = runs.map(({ stdout, stderr }) => stdout + stderr).join("\n");
    expect(said).not.toContain("hunter2");
    expect(said).not.toContain(tokenOf(sandbox, "alice"));
    expect(said).toContain("***");
    expect((await hooks(["list", "--show-secret"])).stdout).toContain("hunter2");
  });

  test("a generated secret is shown, and the hook has it", async () => {
    const { stdout } = await hooks([...newHook, "--generate-secret", "--json"]);
    const { secret } = JSON.parse(stdout);
    expect(secret).toMatch(/^[\w-]{32}$/);
    expect(await onServer()).toMatchObject([{ secret }]);
  });

  test("says all that is missing at once, and asks the instance for nothing", async () => {
    const { exitCode, stdout, stderr } = await hooks(["create", "--name", "bot"]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toContain("--url");
    expect(stderr).toContain("--on");
    expect(stderr).toContain("--generate-secret");
  });

  test.each([
    ["which instance", { MISSKEY_HOOKS_INSTANCE: undefined }, /--instance or MISSKEY_HOOKS_INSTANCE/],
    ["which token", { MISSKEY_HOOKS_TOKEN: undefined }, /MISSKEY_HOOKS_TOKEN or --token-file/],
  ])("doesn't know %s", async (_case, unset, words) => {
    const { exitCode, stderr } = await runCli(["hooks", "list"], { env: { ...env, ...unset } as never });
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(words);
  });

  test("doesn't delete unasked", async () => {
    await createBot();
    const { exitCode, stderr } = await hooks(["delete", "bot"]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("--yes");
    expect(await onServer()).toHaveLength(1);
  });

  test("a secret in the environment changes nothing in an update that doesn't ask for it", async () => {
    await createBot("first");
    await hooks(["update", "bot", "--name", "bot 2"], { env: { MISSKEY_HOOKS_SECRET: "second" } });
    expect(await onServer()).toMatchObject([{ name: "bot 2", secret: "first" }]);
    await hooks(["update", "bot 2", "--secret"], { env: { MISSKEY_HOOKS_SECRET: "second" } });
    expect(await onServer()).toMatchObject([{ name: "bot 2", secret: "second" }]);
  });

  test("an update of nothing is a mistake in the call", async () => {
    const { exitCode, stderr } = await hooks(["update", "bot"]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("--name, --url, --on");
  });

  test("a bad hook never reaches the instance", async () => {
    const { exitCode, stderr } = await hooks(
      ["create", "--name", "bot", "--url", "bot.example", "--on", "mentions,note", "--json"],
      { env: { MISSKEY_HOOKS_SECRET: "s" } },
    );
    expect(exitCode).toBe(2);
    const { error } = JSON.parse(stderr);
    expect(error.code).toBe("bad-hook");
    expect(error.message).toContain("--url");
    expect(error.message).toContain("“mentions”");
    expect(await onServer()).toEqual([]);
  });

  test("warns of what will not work, and does it", async () => {
    const { exitCode, stderr } = await hooks([
      "create",
      "--name",
      "bot",
      "--url=http://localhost:1/",
      "--on=reaction",
      "--secret=",
    ]);
    expect(exitCode).toBe(0);
    expect(stderr).toContain("write 127.0.0.1");
    expect(stderr).toContain("“reaction” can be chosen");
    expect(stderr).toContain("It is empty");
  });

  test("--quiet leaves the warnings out", async () => {
    const { exitCode, stderr } = await hooks([...newHook, "--on", "reaction", "--secret=", "--quiet"]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  });

  test("--on all is every event that is sent, and an event named twice counts once", async () => {
    await hooks(["create", "--name", "bot", "--url", "http://127.0.0.1/", "--on", "note,all", "--generate-secret"]);
    expect(await onServer()).toMatchObject([
      { on: ["note", "reply", "renote", "mention", "follow", "followed", "unfollow"] },
    ]);
  });

  test("the fourth hook is refused with what to do", async () => {
    for (const name of ["1", "2", "3"]) await hooks([...newHook, "--name", name, "--generate-secret"]);
    const { exitCode, stderr } = await hooks([...newHook, "--name", "4", "--generate-secret"]);
    expect(exitCode).toBe(4);
    expect(stderr).toContain("TOO_MANY_WEBHOOKS");
    expect(stderr).toContain("hooks delete");
  });

  test("a name that several hooks have is ambiguous", async () => {
    await createBot();
    await createBot();
    const { exitCode, stderr } = await hooks(["show", "bot"]);
    expect(exitCode).toBe(2);
    for (const { id } of await onServer()) expect(stderr).toContain(String(id));
  });

  test("a test delivery arrives", async () => {
    await using receiver = await startRecordingReceiver();
    await hooks([...newHook, "--url", receiver.url, "--generate-secret"]);
    const { exitCode, stdout } = await hooks(["test", "bot", "--type", "note", "--json"]);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ name: "bot", type: "note", queued: true });
    await receiver.received(1);
    expect(receiver.requests[0]?.json).toMatchObject({ type: "note" });
  });

  test("a test delivery can go elsewhere, with another secret", async () => {
    await using receiver = await startRecordingReceiver();
    await createBot();
    await hooks(["test", "bot", "--type", "reply", "--url", receiver.url, "--secret", "another"]);
    await receiver.received(1);
    expect(receiver.requests[0]?.headers["x-misskey-hook-secret"]).toBe("another");
  });
});

async function tokenFile(content: string, mode: number): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), "misskey-hooks-")), "token");
  await writeFile(path, content);
  await chmod(path, mode);
  return path;
}
const listWithFile = (path: string, options: RunOptions = {}) =>
  runCli(["hooks", "list", "--json", "--instance", sandbox.url, "--token-file", path], options);

describe("the token file", () => {
  test("is read without its newline", async () => {
    const { exitCode, stdout, stderr } = await listWithFile(await tokenFile(`${tokenOf(sandbox, "alice")}\n`, 0o600));
    expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 0, stdout: "[]\n", stderr: "" });
  });

  test("may be standard input", async () => {
    const { exitCode } = await listWithFile("-", { stdin: `${tokenOf(sandbox, "alice")}\n` });
    expect(exitCode).toBe(0);
  });

  test("and a secret can't both be standard input", async () => {
    const args = [...newHook, "--instance", sandbox.url, "--token-file", "-", "--secret-file", "-"];
    const { exitCode, stderr } = await runCli(["hooks", ...args], { stdin: tokenOf(sandbox, "alice") });
    expect(exitCode).toBe(2);
    expect(stderr).toContain("only once");
  });

  test("that others can read is worth a warning", async () => {
    const { exitCode, stderr } = await listWithFile(await tokenFile(tokenOf(sandbox, "alice"), 0o644));
    expect(exitCode).toBe(0);
    expect(stderr).toContain("chmod 600");
  });

  test.each(["", "\n", "two words", '{"token": "x"}', "トークン"])("with %j isn't one", async (content) => {
    const { exitCode, stderr } = await listWithFile(await tokenFile(content, 0o600));
    expect(exitCode).toBe(2);
    expect(stderr).toContain("token");
  });

  test("that doesn't exist is said to", async () => {
    const { exitCode, stderr } = await listWithFile("/no/such/file");
    expect(exitCode).toBe(2);
    expect(stderr).toContain("no such file");
  });
});

describe("at a terminal", () => {
  const enter = "\r";

  test("asks for what is missing", async () => {
    const { exitCode, stdout, stderr } = await hooks(["create"], {
      dialogue: [
        ["Name of the hook", `asked${enter}`],
        ["URL to deliver to", `http://127.0.0.1:4649/${enter}`],
        ["Events", ` ${enter}`],
        ["Secret", enter],
      ],
    });
    expect(exitCode, stderr).toBe(0);
    const [hook] = await onServer();
    expect(hook).toMatchObject({ name: "asked", on: ["note"] });
    expect(stdout).toContain(hook?.["secret"]);
  });

  test("a secret that is typed isn't shown", async () => {
    const { exitCode, stdout, stderr } = await hooks(newHook, {
      dialogue: [
        ["Secret", `\u001B[B${enter}`],
        ["Secret of the hook", `hunter2${enter}`],
      ],
    });
    expect(exitCode, stderr).toBe(0);
    expect(await onServer()).toMatchObject([{ secret: "hunter2" }]);
    expect(stdout + stderr).not.toContain("hunter2");
  });

  test("an answer that can't be used is asked for again", async () => {
    const { exitCode, stderr } = await hooks(["create", "--name", "bot", "--on", "note", "--generate-secret"], {
      dialogue: [
        ["URL to deliver to", `bot.example${enter}`],
        ["That is no URL", `${"\u007F".repeat(11)}http://127.0.0.1/${enter}`],
      ],
    });
    expect(exitCode, stderr).toBe(0);
    expect(await onServer()).toMatchObject([{ url: "http://127.0.0.1/" }]);
  });

  test("delete asks, and no means no", async () => {
    await createBot();
    const kept = await hooks(["delete", "bot"], { dialogue: [["Delete “bot", enter]] });
    expect(kept.exitCode).toBe(0);
    expect(kept.stderr).toContain("Not deleted");
    expect(await onServer()).toHaveLength(1);
    const deleted = await hooks(["delete", "bot"], { dialogue: [["Delete “bot", `y${enter}`]] });
    expect(deleted.exitCode).toBe(0);
    expect(await onServer()).toEqual([]);
  });

  test("Ctrl-C in a question changes nothing and exits 130", async () => {
    await createBot();
    const { exitCode, stderr } = await hooks(["delete", "bot"], { dialogue: [["Delete “bot", "\u0003"]] });
    expect(exitCode).toBe(130);
    expect(stderr).not.toMatch(/\bat .*:\d+/);
    expect(await onServer()).toHaveLength(1);
  });
});

describe("older servers and forks", () => {
  test.each(["misskey@12.119.2", "misskey@13.14.2", "misskey@2023.12.2", "iceshrimp@2026.5.1", "sharkey@2024.9.1-rc"])(
    "%s: list, toggle, delete",
    async (server) => {
      const newer = server.startsWith("misskey@");
      await using instance = await startReplayServer(server, {
        "i/webhooks/list": "list-ok",
        "i/webhooks/show": "show-ok",
        "i/webhooks/update": newer ? "update-ok" : "update-full-ok",
        "i/webhooks/delete": "delete-ok",
      });
      const at = { env: { MISSKEY_HOOKS_INSTANCE: instance.url, MISSKEY_HOOKS_TOKEN: "token" } };
      const listed = await runCli(["hooks", "list"], at);
      expect(listed.stdout).toContain("alice all");
      expect(listed.stdout).toContain("delivered (200)");
      expect((await runCli(["hooks", "toggle", "alice all"], at)).exitCode).toBe(0);
      expect((await runCli(["hooks", "delete", "alice all", "--yes"], at)).exitCode).toBe(0);
    },
  );

  test.each(["misskey@12.119", "misskey@13.11", "misskey@2023.12", "misskey@2024", "iceshrimp", "sharkey"])(
    "a sandbox that behaves as %s: what was asked for is what it has then",
    async (dialect) => {
      const box = await createSandbox({ dialect });
      onTestFinished(() => box.close());
      const at = { env: { MISSKEY_HOOKS_INSTANCE: box.url, MISSKEY_HOOKS_TOKEN: tokenOf(box, "bob") } };
      const run = (...args: string[]) => runCli(["hooks", ...args, "--json"], at);
      const created = await run(...newHook, "--secret", "kept");
      expect(created.exitCode, created.stderr).toBe(0);
      for (const args of [
        ["update", "bot", "--name", "new", "--on", "note"],
        ["disable", "new"],
      ] as const) {
        const { exitCode, stderr } = await run(...args);
        expect(exitCode, stderr).toBe(0);
      }
      const { json } = await callApi(box, "i/webhooks/list", { i: tokenOf(box, "bob") });
      expect(json).toMatchObject([
        { name: "new", on: ["note"], active: false, secret: "kept", url: "http://127.0.0.1:4649/" },
      ]);
    },
  );

  test("`test` is told to be missing where it is", async () => {
    await using instance = await startReplayServer("misskey@13.14.2", { "i/webhooks/list": "list-ok" });
    const { exitCode, stderr } = await runCli(["hooks", "test", "alice all", "--type", "note", "--json"], {
      env: { MISSKEY_HOOKS_INSTANCE: instance.url, MISSKEY_HOOKS_TOKEN: "token" },
    });
    expect(exitCode).toBe(4);
    expect(JSON.parse(stderr).error).toMatchObject({ code: "endpoint-missing" });
  });
});

describe("what strangers wrote", () => {
  const hostile = {
    id: "x",
    name: "\u001B]0;owned\u0007\u001B[2J",
    url: "https://bot.example/\u202E",
    on: ["\u001B[31mnote"],
    secret: "s",
    active: true,
    latestStatus: 200,
    latestSentAt: "\u001B[1A",
  };

  test.each([["list"], ["show", "x"], ["delete", "x", "--yes"], ["show", "no such hook"]])(
    "can't reach the terminal through hooks %s",
    async (...args) => {
      const answer = (body: unknown) =>
        answerWith(200, { "content-type": "application/json" }, JSON.stringify(body).replaceAll("\u202E", "\\u202e"));
      const server = await startRawServer(({ line }) => (line.includes("list") ? answer([hostile]) : answerWith(204)));
      onTestFinished(() => server.close());
      const { stdout, stderr } = await hooks(args, { env: { MISSKEY_HOOKS_INSTANCE: `127.0.0.1:${server.port}` } });
      expect(stdout + stderr).toContain(String.raw`\u{1b}]0;owned\u{7}`);
      // oxlint-disable-next-line no-control-regex
      expect(stdout + stderr).not.toMatch(/[\u001B\u0007\u202E]/);
    },
  );
});

test("the token isn't sent in the clear without a word", async () => {
  const { exitCode, stderr } = await hooks(["list", "--instance", "http://instance.invalid"]);
  expect(exitCode).toBe(3);
  expect(stderr).toContain("unencrypted");
});

test("hooks alone is a call without its verb", async () => {
  const { exitCode, stderr } = await runCli(["hooks"]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain("--help");
});
