import { describe, expect, onTestFinished, test } from "vitest";
import { createSandbox } from "../../src/sandbox/index.js";
import { newHook, useHookAccount } from "../support/hook-account.js";
import { answerWith, startRawServer } from "../support/raw-server.js";
import { startReplayServer } from "../support/replay-server.js";
import { runCli } from "../support/run-cli.js";
import { callApi, tokenOf } from "../support/sandbox-api.js";

const { hooks } = useHookAccount();

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

  test.each([
    ["misskey@2023.12", true],
    ["misskey", false],
    ["misskey@12.119", false],
  ] as const)("an update on %s warns of erased secrets: %s", async (dialect, warns) => {
    const box = await createSandbox({ dialect });
    onTestFinished(() => box.close());
    const at = { env: { MISSKEY_HOOKS_INSTANCE: box.url, MISSKEY_HOOKS_TOKEN: tokenOf(box, "bob") } };
    await runCli(["hooks", ...newHook, "--secret", "kept"], at);
    const { stderr } = await runCli(["hooks", "update", "bot", "--name", "new"], at);
    expect(stderr.includes("erases a hook's secret")).toBe(warns);
  });

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
