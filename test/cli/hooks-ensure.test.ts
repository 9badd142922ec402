import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { useHookAccount } from "../support/hook-account.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const { hooks, onServer, createBot } = useHookAccount();

const bot = ["--name", "bot", "--url", "http://127.0.0.1:4649/", "--on", "mention,reply"];
const ensure = async (args: readonly string[], options: Parameters<typeof hooks>[1] = {}) => {
  const { exitCode, stdout, stderr } = await hooks(["ensure", ...args, "--json"], options);
  expect(exitCode, stderr).toBe(0);
  return JSON.parse(stdout);
};

describe("ensure", () => {
  test("creates what isn't there, and does nothing the second time", async () => {
    const args = [...bot, "--secret", "s3cret"];
    expect(await ensure(args)).toMatchObject({ action: "create", dryRun: false, hook: { name: "bot", secret: "***" } });
    const [created] = await onServer();
    expect(created).toMatchObject({ secret: "s3cret", active: true });
    expect(await ensure(args)).toMatchObject({ action: "none", changes: [] });
    expect(await onServer()).toEqual([created]);
  });

  test("changes what differs and keeps the rest; the order of events is no difference", async () => {
    await createBot("kept");
    expect(await ensure(["--name", "bot", "--on", "reply,mention"])).toMatchObject({ action: "none" });
    const { action, changes } = await ensure(["--name", "bot", "--url", "http://127.0.0.1:4650/"]);
    expect({ action, changes }).toEqual({
      action: "update",
      changes: [{ field: "url", from: "http://127.0.0.1:4649/", to: "http://127.0.0.1:4650/" }],
    });
    expect(await onServer()).toMatchObject([
      { url: "http://127.0.0.1:4650/", secret: "kept", on: ["mention", "reply"] },
    ]);
  });

  test("finds a hook by its URL when it has another name", async () => {
    await createBot();
    expect(await ensure(["--name", "new", "--url", "http://127.0.0.1:4649/"])).toMatchObject({ action: "update" });
    expect(await onServer()).toMatchObject([{ name: "new" }]);
  });

  test("--dry-run shows the difference, masks secrets, and changes nothing", async () => {
    await createBot("first");
    const before = await onServer();
    const { stdout } = await hooks(["ensure", ...bot, "--secret", "second", "--inactive", "--dry-run"]);
    expect(stdout).toContain("*** → ***");
    expect(stdout).toContain("yes → no");
    expect(stdout).not.toMatch(/first|second/);
    expect(await onServer()).toEqual(before);
  });

  test("switches on what was off, and creates what should be off", async () => {
    await createBot();
    await hooks(["disable", "bot"]);
    expect(await ensure(["--name", "bot"])).toMatchObject({ action: "update", hook: { active: true } });
    const off = ["--name=off", "--url=http://127.0.0.1:1/", "--on=note", "--generate-secret", "--inactive"];
    expect(await ensure(off)).toMatchObject({ action: "create", hook: { active: false } });
  });

  test("a secret in the environment makes a new hook, and changes none that exists", async () => {
    const env = { MISSKEY_HOOKS_SECRET: "first" };
    await ensure(bot, { env });
    expect(await ensure(bot, { env: { MISSKEY_HOOKS_SECRET: "second" } })).toMatchObject({ action: "none" });
    expect(await onServer()).toMatchObject([{ secret: "first" }]);
  });

  test("events and secret may be the project's", async () => {
    const cwd = await temporaryFolder();
    const settings = { events: ["follow"], secret: { file: "hook-secret" } };
    await writeFile(join(cwd, "misskey-hooks.config.json"), JSON.stringify(settings));
    await writeFile(join(cwd, "hook-secret"), "of the project\n");
    await ensure(["--name", "bot", "--url", "http://127.0.0.1:4649/"], { cwd });
    expect(await onServer()).toMatchObject([{ on: ["follow"], secret: "of the project" }]);
  });

  test.each([
    [["--on", "note"], "missing-fields"],
    [["--name", "new"], "missing-fields"],
    [["--name", "new", "--url", "nowhere"], "bad-hook"],
  ])("%j can't be used", async (args, code) => {
    const { exitCode, stderr } = await hooks(["ensure", ...args, "--json"]);
    expect(exitCode).toBe(2);
    expect(JSON.parse(stderr).error.code).toBe(code);
    expect(await onServer()).toEqual([]);
  });

  test("one of several is never guessed", async () => {
    await createBot();
    await createBot();
    const { exitCode, stderr } = await hooks(["ensure", ...bot, "--secret", "x", "--json"]);
    expect(exitCode).toBe(2);
    expect(JSON.parse(stderr).error.code).toBe("ambiguous-hook");
  });
});

describe("rotate-secret", () => {
  test("makes a new secret, and tells how long the old one counts", async () => {
    await createBot("old one");
    const { stdout, stderr } = await hooks(["rotate-secret", "bot", "--json"]);
    const { secret, oldSecret, oldSecretValidUntil } = JSON.parse(stdout);
    expect(secret, stderr).toMatch(/^[\w-]{32}$/);
    expect(oldSecret).toBe("old one");
    const minutes = (Date.parse(oldSecretValidUntil) - Date.now()) / 60_000;
    expect(minutes).toBeGreaterThan(12);
    expect(minutes).toBeLessThan(14);
    expect(await onServer()).toMatchObject([{ secret, name: "bot", on: ["mention", "reply"] }]);
  });

  test("takes one of the user's own", async () => {
    await createBot("old one");
    const { stdout } = await hooks(["rotate-secret", "bot", "--secret-file", "-"], { stdin: "new one\n" });
    expect(stdout).toContain("new one");
    expect(stdout).toContain("old one");
    expect(await onServer()).toMatchObject([{ secret: "new one" }]);
  });

  test("one that can't be sent changes nothing", async () => {
    await createBot("old one");
    expect((await hooks(["rotate-secret", "bot", "--secret", "トークン"])).exitCode).toBe(2);
    expect(await onServer()).toMatchObject([{ secret: "old one" }]);
  });
});
