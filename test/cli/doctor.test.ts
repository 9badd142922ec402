import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createSandbox } from "../../src/sandbox/index.js";
import { startRecordingReceiver } from "../support/recording-receiver.js";
import { runCli } from "../support/run-cli.js";
import { tokenOf } from "../support/sandbox-api.js";
import { temporaryFolder } from "../support/temporary-folder.js";

interface Report {
  readonly ok: boolean;
  readonly checks: readonly { readonly id: string; readonly verdict: string; readonly hint: string | null }[];
}

test("everything in order is 0, and no secret is told", async () => {
  const sandbox = await createSandbox();
  onTestFinished(() => sandbox.close());
  const receiver = await startRecordingReceiver((_request, response) => void response.writeHead(401).end());
  onTestFinished(() => receiver[Symbol.asyncDispose]());
  await sandbox.as("alice").hook(`${receiver.url}/`, { secret: "hook-secret", on: ["mention"] });
  const env = {
    MISSKEY_HOOKS_CONFIG_DIR: await temporaryFolder(),
    MISSKEY_HOOKS_INSTANCE: sandbox.url,
    MISSKEY_HOOKS_TOKEN: tokenOf(sandbox, "alice"),
  };
  const person = await runCli(["doctor", "--url", `${receiver.url}/`], { env });
  expect(person.exitCode).toBe(0);
  expect(person.stdout).toMatch(/✓ ok {7}It refuses a wrong secret \(401\)\./);
  expect(person.stderr).toMatch(/^0 problems, 0 warnings, \d+ ok$/m);
  const script = await runCli(["doctor", "--url", `${receiver.url}/`, "--json", "--debug"], { env });
  const report = JSON.parse(script.stdout) as Report;
  expect(report.ok).toBe(true);
  expect(report.checks.map(({ verdict }) => verdict)).toEqual(report.checks.map(() => "ok"));
  for (const text of [person.stdout, person.stderr, script.stdout, script.stderr]) {
    expect(text).not.toContain("hook-secret");
    expect(text).not.toContain(env.MISSKEY_HOOKS_TOKEN);
  }
});

test("a problem is 1, with the next step below it; --quiet leaves out what is in order", async () => {
  const env = { MISSKEY_HOOKS_CONFIG_DIR: await temporaryFolder() };
  const { exitCode, stdout } = await runCli(["doctor", "--quiet", "--url", "http://127.0.0.1:1/"], { env });
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/! warning {2}No instance is looked at.*\n +→ Sign in/);
  expect(stdout).toMatch(/✗ problem {2}Nobody listens on 127\.0\.0\.1:1\.\n +→ /);
  expect(stdout).not.toContain("✓");
});

test("permissions that let others in are repaired and told", async () => {
  const folder = join(await temporaryFolder(), "config");
  await mkdir(folder);
  await chmod(folder, 0o755);
  await writeFile(join(folder, "credentials.json"), '{"version":1,"current":null,"profiles":{}}', { mode: 0o644 });
  const { stdout } = await runCli(["doctor", "--json"], { env: { MISSKEY_HOOKS_CONFIG_DIR: folder } });
  const { checks } = JSON.parse(stdout) as Report;
  expect(checks.filter(({ id }) => id === "config.permissions").map(({ verdict }) => verdict)).toEqual([
    "warning",
    "warning",
  ]);
});

test("files that can't be used are problems, and the rest is looked at all the same", async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, "credentials.json"), "{", { mode: 0o600 });
  await writeFile(join(folder, "misskey-hooks.config.json"), '{"url": 1}');
  const env = { MISSKEY_HOOKS_CONFIG_DIR: folder };
  const { exitCode, stdout } = await runCli(["doctor", "--json", "--url", "http://127.0.0.1:1/"], { env, cwd: folder });
  expect(exitCode).toBe(1);
  const problems = (JSON.parse(stdout) as Report).checks.filter(({ verdict }) => verdict === "problem");
  expect(problems.map(({ id }) => id)).toEqual(["config.profiles", "config.project", "account", "target.answer"]);
});

async function accountOf(dialect: string, username: string) {
  const sandbox = await createSandbox({ dialect });
  onTestFinished(() => sandbox.close());
  const env = {
    MISSKEY_HOOKS_CONFIG_DIR: await temporaryFolder(),
    MISSKEY_HOOKS_INSTANCE: sandbox.url,
    MISSKEY_HOOKS_TOKEN: tokenOf(sandbox, username),
  };
  return { sandbox, env };
}

test("a hook whose target refuses connections is a problem before anything was sent", async () => {
  const { sandbox, env } = await accountOf("misskey", "alice");
  const receiver = await startRecordingReceiver();
  const { host } = new URL(receiver.url);
  await sandbox.as("alice").hook(`${receiver.url}/`, { secret: "s", on: ["mention"] });
  expect((await runCli(["doctor"], { env })).exitCode).toBe(0);
  await receiver[Symbol.asyncDispose]();
  const { exitCode, stdout } = await runCli(["doctor"], { env });
  expect(exitCode).toBe(1);
  expect(stdout).toContain(`nobody listens on ${host}, the connection is refused.`);
});

test("a moderator's system hooks are looked at, and that no report reaches them is told where one is needed", async () => {
  const { env } = await accountOf("misskey@2024", "admin");
  await using receiver = await startRecordingReceiver();
  const flags = ["--system", "--name=mod", `--url=${receiver.url}/`, "--on=abuseReport", "--secret=s3cret"];
  expect((await runCli(["hooks", "create", ...flags], { env })).exitCode).toBe(0);
  const { stdout } = await runCli(["doctor"], { env });
  expect(stdout).toContain("The system webhook “mod”: nothing sent yet.");
  expect(stdout).toMatch(/! warning {2}The system webhook “mod”: no report reaches it.*\n +→ To add one: http/);
});

test("an account that is no moderator hears nothing of system hooks", async () => {
  const { env } = await accountOf("misskey", "alice");
  const { exitCode, stdout } = await runCli(["doctor"], { env });
  expect(exitCode).toBe(0);
  expect(stdout).not.toContain("system webhook");
});

test("what is told to type next works where the program isn't on the PATH", async () => {
  const env = { MISSKEY_HOOKS_CONFIG_DIR: await temporaryFolder(), PATH: "/nowhere" };
  const { stdout } = await runCli(["doctor"], { env });
  expect(stdout).toMatch(/→ .*npx misskey-hooks login/);
  const receiver = await startRecordingReceiver((_request, response) => void response.writeHead(500).end());
  onTestFinished(() => receiver[Symbol.asyncDispose]());
  const checked = await runCli(["check", receiver.url, "--only", "handler.alive,secret", "--secret", "s"], { env });
  expect(checked.stdout).toContain("npx misskey-hooks check --explain <id>");
});
