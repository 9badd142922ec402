import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { createSandbox, type Sandbox } from "../../src/sandbox/index.js";
import { freePort, startRawServer } from "../support/raw-server.js";
import { startRecordingReceiver } from "../support/recording-receiver.js";
import { type RunningProgram, startProgram } from "../support/running-program.js";
import { tokenOf } from "../support/sandbox-api.js";
import { temporaryFolder } from "../support/temporary-folder.js";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createSandbox();
});
afterAll(() => sandbox.close());

function hooks(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return startProgram(["hooks", ...args], {
    env: { MISSKEY_HOOKS_INSTANCE: sandbox.url, MISSKEY_HOOKS_TOKEN: tokenOf(sandbox, "bob"), ...env },
  });
}

test("from no hook to a delivery and back, as a script would", async () => {
  await using receiver = await startRecordingReceiver();
  const secretFile = join(await temporaryFolder(), "secret");
  await writeFile(secretFile, "from-a-file\n", { mode: 0o600 });
  const create = ["create", "--name=bot", `--url=${receiver.url}`, "--on=note", `--secret-file=${secretFile}`];
  const created = await hooks([...create, "--json"]).ended;
  expect(created).toMatchObject({ exitCode: 0, stderr: "" });
  const { id } = JSON.parse(created.stdout) as { id: string };

  expect(await hooks(["test", id, "--type", "note"]).ended).toMatchObject({ exitCode: 0 });
  await receiver.received(1);
  expect(receiver.requests[0]?.headers["x-misskey-hook-secret"]).toBe("from-a-file");
  await sandbox.settled();

  const shown = await hooks(["show", "bot"]).ended;
  expect(shown.stdout).toContain("delivered (204)");
  expect(await hooks(["delete", "bot", "--yes"]).ended).toMatchObject({ exitCode: 0 });
  expect(await hooks(["list", "--json"]).ended).toMatchObject({ exitCode: 0, stdout: "[]" });
});

test.each([
  ["the call can't be used", ["create"], {}, 2],
  ["the instance says no", ["list"], { MISSKEY_HOOKS_TOKEN: "AAAAAAAAAAAAAAAA" }, 4],
] as const)("%s", async (_case, args, env, exitCode) => {
  const ended = await hooks([...args, "--json"], env).ended;
  expect(ended).toMatchObject({ exitCode, stdout: "" });
  expect(JSON.parse(ended.stderr)).toMatchObject({ error: { message: expect.any(String) as string } });
});

test("nobody listens", async () => {
  const ended = await hooks(["list"], { MISSKEY_HOOKS_INSTANCE: `127.0.0.1:${await freePort()}` }).ended;
  expect(ended.exitCode).toBe(3);
  expect(ended.stderr).toContain("Nobody listens on");
});

test("an instance that never answers, with a time limit", async () => {
  const server = await startRawServer(() => () => {});
  onTestFinished(() => server.close());
  const env = { MISSKEY_HOOKS_INSTANCE: `127.0.0.1:${server.port}` };
  expect(await hooks(["list", "--timeout", "200ms"], env).ended).toMatchObject({ exitCode: 3 });
});

test("an instance that never answers, and Ctrl-C", async () => {
  const program: { current?: RunningProgram } = {};
  const server = await startRawServer(() => () => program.current?.signal("SIGINT"));
  onTestFinished(() => server.close());
  program.current = hooks(["list"], { MISSKEY_HOOKS_INSTANCE: `127.0.0.1:${server.port}` });
  expect(await program.current.ended).toEqual({ exitCode: 130, stdout: "", stderr: "error: Interrupted." });
});
