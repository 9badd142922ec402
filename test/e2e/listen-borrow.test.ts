import { once } from "node:events";
import { readdir, readFile, stat } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { createSandbox, type Sandbox } from "../../src/sandbox/index.js";
import { startGate } from "../support/gate.js";
import { startRecordingReceiver } from "../support/recording-receiver.js";
import { type RunningProgram, startProgram } from "../support/running-program.js";
import { callApi, type Json, tokenOf } from "../support/sandbox-api.js";
import { temporaryFolder } from "../support/temporary-folder.js";

let sandbox: Sandbox;
let folder: string;
let port: number;

beforeEach(async () => {
  sandbox = await createSandbox();
  onTestFinished(() => sandbox.close());
  folder = await temporaryFolder();
  const probe = createServer();
  await once(probe.listen(0, "127.0.0.1"), "listening");
  ({ port } = probe.address() as AddressInfo);
  await new Promise((resolve) => probe.close(resolve));
});

const oldUrl = "https://bot.example/hook";
const publicUrl = (): string => `http://127.0.0.1:${port}/`;

function run(args: readonly string[], env: Readonly<Record<string, string>> = {}): RunningProgram {
  return startProgram(args, {
    env: {
      MISSKEY_HOOKS_CONFIG_DIR: folder,
      MISSKEY_HOOKS_TOKEN: tokenOf(sandbox, "alice"),
      MISSKEY_HOOKS_INSTANCE: sandbox.url,
      ...env,
    },
  });
}

/** `listen --public-url`, once the instance delivers to it. */
async function borrowing(...args: string[]): Promise<RunningProgram> {
  const program = run(["listen", "--port", String(port), "--public-url", publicUrl(), ...args]);
  await program.line(/^Listening on/);
  return program;
}

async function hooks(): Promise<Json[]> {
  const { json } = await callApi(sandbox, "i/webhooks/list", { i: tokenOf(sandbox, "alice") });
  return json as Json[];
}

/** Without what a delivery changes. */
async function fields(): Promise<Json[]> {
  return (await hooks()).map(({ latestSentAt: _at, latestStatus: _status, ...rest }) => rest);
}

const update = (params: object): Promise<unknown> =>
  callApi(sandbox, "i/webhooks/update", { i: tokenOf(sandbox, "alice"), ...params });

async function makeBot(): Promise<string> {
  const { id } = await sandbox
    .as("alice")
    .hook(oldUrl, { name: "bot", secret: "bot-secret", on: ["reply", "mention"] });
  await update({ webhookId: id, active: false });
  return id;
}

/** The files that a run has left behind. */
async function records(): Promise<string[]> {
  return readdir(join(folder, "borrowed")).catch(() => []);
}

describe("a hook of its own", () => {
  test("is there while it runs, delivers, and is gone after Ctrl-C", async () => {
    const program = await borrowing("--secret", "own-secret", "--on", "mention");
    expect(await hooks()).toMatchObject([{ url: publicUrl(), on: ["mention"], active: true, secret: "own-secret" }]);
    await sandbox.as("bob").note("hi @alice");
    await program.line(/204 +mention +@bob +hi @alice/);
    program.signal("SIGINT");
    expect((await program.ended).exitCode).toBe(130);
    expect(await hooks()).toEqual([]);
    expect(await records()).toEqual([]);
  });

  test("is deleted by the next command after a kill -9, also by one that knows no token", async () => {
    const program = await borrowing();
    program.signal("SIGKILL");
    await program.ended;
    expect(await hooks()).toHaveLength(1);
    const next = await run(["send", "--list"], { MISSKEY_HOOKS_TOKEN: "", MISSKEY_HOOKS_INSTANCE: "" }).ended;
    expect(next).toMatchObject({ exitCode: 0, stderr: expect.stringMatching(/^Put back: the hook .* is deleted\.$/m) });
    expect(await hooks()).toEqual([]);
    expect(await records()).toEqual([]);
  });

  test("isn't made when there are too many, and the way out is said", async () => {
    for (const name of ["a", "b", "c"]) await sandbox.as("alice").hook(oldUrl, { name });
    const { exitCode, stderr } = await run(["listen", "--port", "0", "--public-url", publicUrl()]).ended;
    expect(exitCode).toBe(4);
    expect(stderr).toContain("--borrow");
    expect(await hooks()).toHaveLength(3);
    expect(await records()).toEqual([]);
  });

  test("that a killed run left is told of by one that is refused its own, and by the next, which deletes it", async () => {
    let isBroken = true;
    const gate = await startGate(sandbox.url, (path) =>
      isBroken && path === "/api/i/webhooks/delete" ? { status: 500, headers: {}, body: "{}" } : undefined,
    );
    for (const name of ["a", "b"]) await sandbox.as("alice").hook(oldUrl, { name });
    const viaGate = { MISSKEY_HOOKS_INSTANCE: gate.url };
    const args = ["listen", "--port", String(port), "--public-url", publicUrl()];
    const killed = run(args, viaGate);
    await killed.line(/^Listening on/);
    killed.signal("SIGKILL");
    await killed.ended;
    const refused = await run(args, viaGate).ended;
    expect(refused).toMatchObject({ exitCode: 4, stderr: expect.stringContaining("could not be put back yet") });
    expect(await hooks()).toHaveLength(3);
    expect(await records()).toHaveLength(1);
    isBroken = false;
    const next = await run(["send", "--list"]).ended;
    expect(next.stderr).toMatch(/^Put back: the hook .* is deleted\.$/m);
    expect(await hooks()).toHaveLength(2);
    expect(await records()).toEqual([]);
  });
});

describe("a borrowed hook", () => {
  test.each(["SIGINT", "SIGTERM"] as const)("is as before after %s", async (signal) => {
    await makeBot();
    const before = await fields();
    const program = await borrowing("--borrow", "bot", "--secret", "another");
    expect(await fields()).toMatchObject([
      { url: publicUrl(), active: true, secret: "bot-secret", on: ["reply", "mention"] },
    ]);
    await sandbox.as("bob").note("hi @alice");
    await program.line(/204 +mention/);
    program.signal(signal);
    const { stdout, stderr } = await program.ended;
    expect(await fields()).toEqual(before);
    expect(await records()).toEqual([]);
    expect(stdout + stderr).not.toMatch(/bot-secret|another/);
    expect(stdout + stderr).not.toContain(tokenOf(sandbox, "alice"));
  });

  test("is as before once --count is reached", async () => {
    await makeBot();
    const before = await fields();
    const program = await borrowing("--borrow", "bot", "--on", "note", "--count", "1");
    await sandbox.as("alice").note("mine");
    expect((await program.ended).exitCode).toBe(0);
    expect(await fields()).toEqual(before);
  });

  test("is put back by the next command after a kill -9, from a file for its owner alone", async () => {
    await makeBot();
    const before = await fields();
    const program = await borrowing("--borrow", "bot");
    const [name = ""] = await records();
    const path = join(folder, "borrowed", name);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, "borrowed"))).mode & 0o777).toBe(0o700);
    expect(await readFile(path, "utf8")).not.toContain("bot-secret");
    program.signal("SIGKILL");
    await program.ended;
    expect(await fields()).not.toEqual(before);
    const { stdout, stderr } = await run(["hooks", "list"]).ended;
    expect(stdout).toContain(oldUrl);
    expect(stderr).toContain("is as it was before");
    expect(await fields()).toEqual(before);
    expect(await records()).toEqual([]);
  });

  test("stays borrowed while its run goes on, and isn't lent twice", async () => {
    await makeBot();
    const program = await borrowing("--borrow", "bot");
    const during = await fields();
    expect((await run(["hooks", "list"]).ended).exitCode).toBe(0);
    const second = await run(["listen", "--port", "0", "--public-url", publicUrl(), "--borrow", "bot"]).ended;
    expect(second).toMatchObject({ exitCode: 4, stderr: expect.stringContaining("has borrowed the hook") });
    expect(await fields()).toEqual(during);
    program.signal("SIGINT");
    await program.ended;
  });

  test("keeps what somebody else has changed meanwhile", async () => {
    const id = await makeBot();
    const program = await borrowing("--borrow", "bot");
    await update({ webhookId: id, url: "https://new.example/" });
    program.signal("SIGINT");
    await program.ended;
    expect(await fields()).toMatchObject([{ url: "https://new.example/", active: false, secret: "bot-secret" }]);
  });

  test("is put back after a Ctrl-C even when the instance is asked too often", async () => {
    await makeBot();
    const tooMany = {
      error: { code: "RATE_LIMIT_EXCEEDED", id: "d5826d14-3982-4d2e-8011-b9e9f02499ef", message: "no" },
    };
    let interrupted = false;
    let refusals = 0;
    const gate = await startGate(sandbox.url, (path) => {
      if (!interrupted || path !== "/api/i/webhooks/update" || refusals > 0) return undefined;
      refusals += 1;
      return { status: 429, headers: { "retry-after": "1" }, body: JSON.stringify(tooMany) };
    });
    const before = await fields();
    const program = run(["listen", "--port", String(port), "--public-url", publicUrl(), "--borrow", "bot"], {
      MISSKEY_HOOKS_INSTANCE: gate.url,
    });
    await program.line(/^Listening on/);
    interrupted = true;
    program.signal("SIGINT");
    const { exitCode, stderr } = await program.ended;
    expect(exitCode).toBe(130);
    expect(stderr).toContain("waiting 1 s to put “bot” back");
    expect([refusals, await fields(), await records()]).toEqual([1, before, []]);
  });

  test("that can't be put back now is put back later, and the exit says so", async () => {
    await makeBot();
    const program = await borrowing("--borrow", "bot", "--count", "1");
    await sandbox.close();
    // Any delivery counts, a rejected one too.
    await fetch(publicUrl(), { method: "POST", headers: { "content-type": "application/json" }, body: "{}" });
    const { exitCode, stderr } = await program.ended;
    expect(exitCode).toBe(3);
    expect(stderr).toContain("could not be put back");
    expect(await records()).toHaveLength(1);
    const next = await run(["send", "--list"]).ended;
    expect(next).toMatchObject({ exitCode: 0, stderr: expect.stringContaining("The next command tries again") });
    expect(await records()).toHaveLength(1);
  });
});

test.each(["misskey@2023.9", "misskey@13.11", "misskey@12.110", "iceshrimp"])(
  "what %s delivers goes here, and after a kill -9 and another command to the old URL with the old secret",
  async (dialect) => {
    await sandbox.close();
    sandbox = await createSandbox({ dialect });
    const own = await startRecordingReceiver();
    onTestFinished(() => own[Symbol.asyncDispose]());
    await sandbox.as("alice").hook(`${own.url}/old`, { name: "bot", secret: "bot-secret", on: ["mention"] });
    const program = await borrowing("--borrow", "bot");
    await sandbox.as("bob").note("during @alice");
    await program.line(/204 +mention +@bob +during @alice/);
    program.signal("SIGKILL");
    await program.ended;
    expect((await run(["hooks", "list"]).ended).exitCode).toBe(0);
    await sandbox.as("bob").note("after @alice");
    await own.received(1);
    expect(own.requests[0]?.path).toBe("/old");
    expect(own.requests[0]?.text).toContain("after @alice");
    expect(Object.values(own.requests[0]?.headers ?? {})).toContain("bot-secret");
  },
);

test("--borrow without --public-url, or with an address that is none, is a usage error", async () => {
  expect(await run(["listen", "--borrow", "bot"]).ended).toMatchObject({ exitCode: 2 });
  expect(await run(["listen", "--instance", sandbox.url]).ended).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining("--from-stream"),
  });
  const wrong = await run(["listen", "--public-url", "ftp://x", "--port", "0"]).ended;
  expect(wrong).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("--public-url:") });
  expect(await records()).toEqual([]);
});
