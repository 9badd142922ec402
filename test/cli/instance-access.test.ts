import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { newHook, useHookAccount } from "../support/hook-account.js";
import { type RunOptions, runCli } from "../support/run-cli.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const { url, token, hooks } = useHookAccount();

async function tokenFile(content: string, mode: number): Promise<string> {
  const path = join(await temporaryFolder(), "token");
  await writeFile(path, content);
  await chmod(path, mode);
  return path;
}
const listWithFile = (path: string, options: RunOptions = {}) =>
  runCli(["hooks", "list", "--json", "--instance", url(), "--token-file", path], options);

describe("the token file", () => {
  test("is read without its newline", async () => {
    const { exitCode, stdout, stderr } = await listWithFile(await tokenFile(`${token()}\n`, 0o600));
    expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 0, stdout: "[]\n", stderr: "" });
  });

  test("may be standard input", async () => {
    const { exitCode } = await listWithFile("-", { stdin: `${token()}\n` });
    expect(exitCode).toBe(0);
  });

  test("and a secret can't both be standard input", async () => {
    const args = [...newHook, "--instance", url(), "--token-file", "-", "--secret-file", "-"];
    const { exitCode, stderr } = await runCli(["hooks", ...args], { stdin: token() });
    expect(exitCode).toBe(2);
    expect(stderr).toContain("only once");
  });

  test("that others can read is worth a warning", async () => {
    const { exitCode, stderr } = await listWithFile(await tokenFile(token(), 0o644));
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

test.each([
  ["which instance", { MISSKEY_HOOKS_TOKEN: "token" }, /--instance or MISSKEY_HOOKS_INSTANCE/],
  ["which token", { MISSKEY_HOOKS_INSTANCE: "misskey.example" }, /MISSKEY_HOOKS_TOKEN or --token-file/],
  ["either", {}, /MISSKEY_HOOKS_INSTANCE.* nor .*MISSKEY_HOOKS_TOKEN/],
])("isn't told %s", async (_case, env, words) => {
  const { exitCode, stderr } = await runCli(["hooks", "list"], { env });
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(words);
});

test("the token isn't sent in the clear without a word", async () => {
  const { exitCode, stderr } = await hooks(["list", "--instance", "http://instance.invalid"]);
  expect(exitCode).toBe(3);
  expect(stderr).toContain("unencrypted");
});
