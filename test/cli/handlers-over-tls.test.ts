// send and check, against a handler over https whose certificate nobody trusts, here and behind a proxy.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { secret, type StartedHandler, startHandler } from "../conformance/handlers/handler.js";
import { certificateOfInstance } from "../support/certificates.js";
import { startProxy } from "../support/connect-proxy.js";
import { runCli } from "../support/run-cli.js";
import { temporaryFolder } from "../support/temporary-folder.js";

let handler: StartedHandler;
let caFile: string;

beforeEach(async () => {
  handler = await startHandler({}, certificateOfInstance);
  onTestFinished(() => handler.close());
  caFile = join(await temporaryFolder(), "ca.pem");
  writeFileSync(caFile, certificateOfInstance.cert);
});

const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  runCli(args, { env: { MISSKEY_HOOKS_SECRET: secret, ...env } });

describe.each([
  ["check", (url: string) => ["check", url, "--only", "handler,accepts,secret,delivery.keep-alive", "--on", "mention"]],
  ["send", (url: string) => ["send", "mention", url, "--secret", "--json"]],
])("%s", (_, argsFor) => {
  test("says that the certificate isn't trusted", async () => {
    const { exitCode, stdout, stderr } = await run(argsFor(handler.url.href));
    expect(exitCode).toBe(3);
    expect(stdout + stderr).toContain("is signed by nobody this machine trusts");
    expect(handler.acted()).toBe(0);
  });

  test("trusts the certificates of --ca-file", async () => {
    const { exitCode, stderr } = await run([...argsFor(handler.url.href), "--ca-file", caFile]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(handler.acted()).toBeGreaterThan(0);
  });

  test("trusts anybody with --insecure, and says what that means", async () => {
    const { exitCode, stderr } = await run([...argsFor(handler.url.href), "--insecure"]);
    expect(exitCode).toBe(0);
    expect(stderr).toContain("warning: certificates aren't checked: the secret goes to whoever answers.");
  });

  test("goes through the environment's proxy", async () => {
    const proxy = await startProxy(Number(handler.url.port));
    const args = [...argsFor("https://instance.example/hook"), "--ca-file", caFile];
    const { exitCode } = await run(args, { HTTPS_PROXY: `http://${proxy.url}` });
    expect(exitCode).toBe(0);
    expect(proxy.seen[0]).toMatchObject({ target: "instance.example:443" });
    expect(handler.acted()).toBeGreaterThan(0);
  });
});

test("check says what --ca-file and --insecure are for, and that instances know neither", async () => {
  const { stderr } = await run(["check", handler.url.href]);
  expect(stderr).toContain("--ca-file");
  expect(stderr).toContain("An instance knows neither");
});
