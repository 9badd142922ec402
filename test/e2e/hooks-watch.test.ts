import { afterAll, beforeAll, expect, test } from "vitest";
import { createSandbox, type Sandbox } from "../../src/sandbox/index.js";
import { freePort } from "../support/raw-server.js";
import { startRecordingReceiver } from "../support/recording-receiver.js";
import { type RunningProgram, startProgram } from "../support/running-program.js";
import { callApi, tokenOf } from "../support/sandbox-api.js";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createSandbox();
});
afterAll(() => sandbox.close());

const token = (): string => tokenOf(sandbox, "alice");
const hook = (name: string, url: string) =>
  callApi(sandbox, "i/webhooks/create", { i: token(), name, url, secret: "s3cret", on: ["note"] });

function watch(...args: readonly string[]): RunningProgram {
  return startProgram(["hooks", "watch", "--interval", "500ms", ...args], {
    env: { MISSKEY_HOOKS_INSTANCE: sandbox.url, MISSKEY_HOOKS_TOKEN: token() },
  });
}

test("an attempt that nobody answered is told with what it means", async () => {
  await hook("lost", `http://127.0.0.1:${await freePort()}/`);
  const program = watch("lost", "--count", "1", "--json");
  await program.line(/"kind":"seen"/);
  await sandbox.as("alice").note("hello");
  const { exitCode, stdout } = await program.ended;
  expect(exitCode).toBe(0);
  expect(stdout).not.toContain("s3cret");
  expect(JSON.parse(stdout.trim().split("\n").at(-1) ?? "")).toMatchObject({
    kind: "delivered",
    name: "lost",
    latestStatus: 1,
    meaning: expect.stringContaining("No response") as string,
  });
});

test("a person sees what came of it, until Ctrl-C", async () => {
  await using receiver = await startRecordingReceiver();
  await hook("found", receiver.url);
  const program = watch("found");
  await program.line(/found {2}Nothing was sent yet/);
  await sandbox.as("alice").note("hello");
  expect(await program.line(/delivered|Delivered/)).toMatch(/found {2}20\d Delivered\.$/);
  program.signal("SIGINT");
  expect(await program.ended).toMatchObject({ exitCode: 130 });
});
