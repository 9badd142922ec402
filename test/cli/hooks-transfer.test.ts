import { lstat, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { createSandbox, type Sandbox } from "../../src/sandbox/index.js";
import { useHookAccount } from "../support/hook-account.js";
import { runCli } from "../support/run-cli.js";
import { callApi, type Json, tokenOf } from "../support/sandbox-api.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const { hooks, onServer, createBot } = useHookAccount();

const rows = (text: string): Json[] =>
  text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

describe("export and import", () => {
  test("bring the hooks back, with new secrets where there were none", async () => {
    await createBot("s3cret");
    const exported = await hooks(["export"]);
    expect(JSON.parse(exported.stdout)).toEqual({
      version: 1,
      hooks: [{ name: "bot", url: "http://127.0.0.1:4649/", on: ["mention", "reply"], active: true }],
    });
    await hooks(["delete", "bot", "--yes"]);
    const imported = await hooks(["import", "-", "--json"], { stdin: exported.stdout });
    const [{ action, secret }] = rows(imported.stdout);
    expect(action).toBe("create");
    expect(await onServer()).toMatchObject([{ name: "bot", secret, on: ["mention", "reply"] }]);
    const again = await hooks(["import", "-", "--json"], { stdin: exported.stdout });
    expect(rows(again.stdout)).toMatchObject([{ action: "none" }]);
    expect(await onServer()).toMatchObject([{ secret }]);
  });

  test("a file with secrets is for its owner alone, and no file is written over", async () => {
    await createBot("s3cret");
    const cwd = await temporaryFolder();
    const args = ["export", "--output", "hooks.json", "--include-secrets"];
    const { exitCode, stdout, stderr } = await hooks(args, { cwd });
    expect(exitCode, stderr).toBe(0);
    expect(stdout + stderr).not.toContain("s3cret");
    const path = join(cwd, "hooks.json");
    expect((await lstat(path)).mode & 0o777).toBe(0o600);
    expect(await readFile(path, "utf8")).toContain("s3cret");
    expect(await hooks(args, { cwd })).toMatchObject({ exitCode: 5 });
    await hooks(["update", "bot", "--secret", "other"]);
    await hooks(["import", "hooks.json"], { cwd });
    expect(await onServer()).toMatchObject([{ secret: "s3cret" }]);
  });

  test("a dry run changes nothing, and a hook that can't be stops the rest before it begins", async () => {
    const cwd = await temporaryFolder();
    const good = { name: "good", url: "http://127.0.0.1/", on: ["note"] };
    const write = (entries: object[]): Promise<void> =>
      writeFile(join(cwd, "hooks.json"), JSON.stringify({ version: 1, hooks: entries }));
    await write([good]);
    const dry = await hooks(["import", "hooks.json", "--dry-run", "--json"], { cwd });
    expect(rows(dry.stdout)).toMatchObject([{ action: "create", dryRun: true }]);
    await write([good, { name: "bad", url: "nowhere", on: ["note"] }]);
    expect(await hooks(["import", "hooks.json"], { cwd })).toMatchObject({ exitCode: 2 });
    expect(await onServer()).toEqual([]);
  });

  test.each(["{", "[]", '{"version":2,"hooks":[]}', '{"version":1,"hooks":[{"name":"a"}]}'])(
    "%s is no such file",
    async (stdin) => {
      const { exitCode, stderr } = await hooks(["import", "-", "--json"], { stdin });
      expect(exitCode).toBe(2);
      expect(JSON.parse(stderr).error.code).toBe("bad-hook-file");
    },
  );

  test("a file with a name twice is refused", async () => {
    const hook = { name: "a", url: "http://127.0.0.1/", on: ["note"] };
    const { stderr } = await hooks(["import", "-"], { stdin: JSON.stringify({ version: 1, hooks: [hook, hook] }) });
    expect(stderr).toContain("called “a”");
  });
});

describe("copy", () => {
  async function elsewhere(): Promise<{ box: Sandbox; folder: string; there: () => Promise<Json[]> }> {
    const box = await createSandbox();
    onTestFinished(() => box.close());
    const folder = await temporaryFolder();
    const token = tokenOf(box, "bob");
    const { exitCode } = await runCli(["login", box.url, "--token-stdin", "--profile", "other"], {
      stdin: token,
      env: { MISSKEY_HOOKS_CONFIG_DIR: folder },
    });
    expect(exitCode).toBe(0);
    return { box, folder, there: async () => (await callApi(box, "i/webhooks/list", { i: token })).json };
  }

  test("gives another account the same hook, on another instance", async () => {
    const { folder, there } = await elsewhere();
    await createBot("s3cret");
    await hooks(["disable", "bot"]);
    const env = { MISSKEY_HOOKS_CONFIG_DIR: folder };
    const dry = await hooks(["copy", "bot", "--to", "other", "--dry-run"], { env });
    expect(dry.stdout).not.toContain("s3cret");
    expect(await there()).toEqual([]);
    const { exitCode, stdout, stderr } = await hooks(["copy", "bot", "--to", "other"], { env });
    expect(exitCode, stderr).toBe(0);
    expect(stdout).not.toContain("s3cret");
    expect(await there()).toMatchObject([
      { name: "bot", url: "http://127.0.0.1:4649/", secret: "s3cret", on: ["mention", "reply"], active: false },
    ]);
    const again = await hooks(["copy", "bot", "--to", "other", "--json"], { env });
    expect(JSON.parse(again.stderr).error.code).toBe("hook-exists");
    expect(await there()).toHaveLength(1);
  });

  test("with a secret of its own", async () => {
    const { folder, there } = await elsewhere();
    await createBot("s3cret");
    const { stdout } = await hooks(["copy", "bot", "--to", "other", "--name", "copy", "--new-secret", "--json"], {
      env: { MISSKEY_HOOKS_CONFIG_DIR: folder },
    });
    const { secret } = JSON.parse(stdout);
    expect(secret).toMatch(/^[\w-]{32}$/);
    expect(await there()).toMatchObject([{ name: "copy", secret }]);
    expect(await onServer()).toMatchObject([{ name: "bot", secret: "s3cret" }]);
  });

  test("to nobody", async () => {
    await createBot();
    expect(await hooks(["copy", "bot", "--to", "nobody"])).toMatchObject({ exitCode: 2 });
  });
});
