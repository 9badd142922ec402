import { expect, test } from "vitest";
import { newHook, useHookAccount } from "../support/hook-account.js";
import { startRecordingReceiver } from "../support/recording-receiver.js";
import { runCli } from "../support/run-cli.js";

const { token, hooks, createBot, onServer } = useHookAccount();

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
  expect(said).not.toContain(token());
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

test("hooks alone lists them", async () => {
  expect(await runCli(["hooks"])).toEqual(await runCli(["hooks", "list"]));
});

test("an unknown event has a guess, by case and by spelling, and is taken with --force where the instance takes it", async () => {
  const create = (on: string, ...more: string[]) =>
    hooks(["create", "--name", "bot", "--url", "http://127.0.0.1/", "--on", on, "--generate-secret", ...more]);
  expect((await create("MENTION")).stderr).toContain("Did you mean mention?");
  expect((await create("folowed")).stderr).toContain("Did you mean followed?");
  const forced = await create("folowed", "--force");
  expect(forced.stderr).toContain("No server known here has an event “folowed”");
  expect(forced.exitCode).toBe(4);
});

test.each([
  ["http://127.0.0.1:4649/", "listen --port 4649 --secret"],
  ["https://bot.example/hook", "doctor --url https://bot.example/hook"],
])("what to do next with a hook for %s is %s", async (url, next) => {
  const { stderr } = await hooks(["create", "--name", "bot", "--url", url, "--on", "note", "--generate-secret"]);
  expect(stderr).toContain(`$ misskey-hooks ${next}`);
});
