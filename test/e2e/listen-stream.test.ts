import { describe, expect, onTestFinished, test } from "vitest";
import { createSandbox, type Sandbox, type SandboxOptions } from "../../src/sandbox/index.js";
import { type RecordingReceiver, startRecordingReceiver } from "../support/recording-receiver.js";
import { type RunningProgram, startProgram } from "../support/running-program.js";
import { tokenOf } from "../support/sandbox-api.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const secret = "stream-secret";

async function startedSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await createSandbox({ seed: 7, ...options });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

async function startedReceiver(status = 204): Promise<RecordingReceiver> {
  const receiver = await startRecordingReceiver((_request, response) => void response.writeHead(status).end());
  onTestFinished(() => receiver[Symbol.asyncDispose]());
  return receiver;
}

/** `listen --from-stream` as alice, once it is connected. */
async function following(sandbox: Sandbox, args: readonly string[] = []): Promise<RunningProgram> {
  const program = startProgram(["listen", "--from-stream", "--instance", sandbox.url, "--secret", secret, ...args], {
    env: {
      MISSKEY_HOOKS_TOKEN: tokenOf(sandbox, "alice"),
      MISSKEY_HOOKS_CONFIG_DIR: await temporaryFolder(),
    },
  });
  await program.line(/"kind":"ready"|Following the stream/);
  return program;
}

function objects(stdout: string): Record<string, unknown>[] {
  return stdout.split("\n").map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** Everything that makes one of alice's hooks fire. */
async function act(sandbox: Sandbox): Promise<void> {
  const [alice, bob] = [sandbox.as("alice"), sandbox.as("bob")];
  const own = await alice.note("mine");
  await bob.note("hi @alice", { cw: "greeting" });
  await alice.reply(await bob.reply(own, "a reply"), "thanks");
  await bob.reply(own, "for followers", { visibility: "followers" });
  await bob.renote(own);
  await alice.direct(["bob"], "for bob");
  await alice.follow("bob");
  await bob.follow("alice");
  await alice.unfollow("bob");
}

/** How many deliveries that makes. */
const acts = 12;

const bodies = ({ requests }: RecordingReceiver): string[] =>
  requests.map(({ json }) => JSON.stringify([json["type"], json["body"]])).toSorted();

describe("listen --from-stream", () => {
  test.each(["misskey", "misskey@2023.9", "misskey@13.11", "misskey@12.110", "sharkey", "iceshrimp"])(
    "hands on what the webhook of the same action delivers: same body, on %s",
    async (dialect) => {
      const sandbox = await startedSandbox({ dialect });
      const [hooked, forwarded] = [await startedReceiver(), await startedReceiver()];
      await sandbox.as("alice").hook(`${hooked.url}/`, { secret });
      const { ended } = await following(sandbox, ["--forward-to", forwarded.url, "--count", String(acts)]);
      await act(sandbox);
      await Promise.all([hooked.received(acts), forwarded.received(acts)]);
      expect((await ended).exitCode).toBe(0);
      expect(bodies(forwarded)).toEqual(bodies(hooked));
      const names = ({ requests }: RecordingReceiver): string[] => Object.keys(requests[0]?.headers ?? {}).toSorted();
      expect(names(forwarded)).toEqual(names(hooked));
      expect(Object.keys(forwarded.requests[0]?.json ?? {})).toEqual(Object.keys(hooked.requests[0]?.json ?? {}));
    },
  );

  test("marks what it hands on, and tells no secret", async () => {
    const sandbox = await startedSandbox();
    const [hooked, forwarded] = [await startedReceiver(), await startedReceiver()];
    const on = ["mention", "reply", "renote", "follow", "followed", "unfollow", "note"];
    await sandbox.as("alice").hook(`${hooked.url}/`, { secret, on });
    const { ended } = await following(sandbox, [
      "--forward-to",
      `${forwarded.url}/hook`,
      "--count",
      String(acts),
      "--json",
    ]);
    await act(sandbox);
    await Promise.all([hooked.received(acts), forwarded.received(acts)]);
    const { exitCode, stdout, stderr } = await ended;
    expect(exitCode).toBe(0);

    expect(new Set(forwarded.requests.map(({ json }) => json["type"]))).toEqual(new Set(on));
    const [real, bridged] = [hooked.requests[0], forwarded.requests[0]];
    expect(Object.keys(bridged?.json ?? {})).toEqual(Object.keys(real?.json ?? {}));
    expect(bridged?.path).toBe("/hook");
    expect(bridged?.headers).toMatchObject({
      "user-agent": "Misskey-Hooks",
      "x-misskey-hook-secret": secret,
      "x-misskey-hook-id": "from-stream",
      "x-misskey-host": real?.headers["x-misskey-host"],
    });

    const lines = objects(stdout);
    expect(lines[0]).toEqual({ kind: "ready", url: `${sandbox.url}/streaming`, source: "stream", username: "alice" });
    const deliveries = lines.filter(({ kind }) => kind === "delivery");
    expect(deliveries).toHaveLength(acts);
    for (const delivery of deliveries) {
      expect(delivery).toMatchObject({ synthesised: true, ok: true, hookId: "from-stream", findings: [] });
    }
    expect(lines.filter(({ kind, ok }) => kind === "forward" && ok === true)).toHaveLength(acts);
    expect(stdout + stderr).not.toContain(secret);
    expect(stdout + stderr).not.toContain(tokenOf(sandbox, "alice"));
  });

  test("says when it is disconnected, comes back after a restart, and marks what it tells", async () => {
    const first = await startedSandbox();
    const program = await following(first);
    await first.close();
    await program.line(/disconnected: the connection broke/);
    const again = await startedSandbox({ port: Number(new URL(first.url).port) });
    await program.line(/connected again after .* and \d+ attempts?; what came meanwhile is lost/);
    await again.as("bob").note("hello @alice");
    await program.line(/204 +mention +@bob +hello @alice +synthesised/);
    program.signal("SIGINT");
    const { exitCode, stderr } = await program.ended;
    expect(exitCode).toBe(130);
    expect(stderr).toMatch(/channels that it doesn't follow/);
    expect(stderr).toMatch(/looks online/);
  });

  test("takes the events of --on alone, as a hook would", async () => {
    const sandbox = await startedSandbox();
    const { ended } = await following(sandbox, ["--on", "mention", "--count", "1", "--json"]);
    await sandbox.as("alice").note("mine");
    await sandbox.as("bob").note("hello @alice");
    const { exitCode, stdout } = await ended;
    expect(exitCode).toBe(0);
    const events = objects(stdout).filter(({ kind }) => kind === "delivery");
    expect(events.map(({ event }) => event)).toEqual(["mention"]);
  });

  test("gives up with 3 after --max-reconnects", async () => {
    const sandbox = await startedSandbox();
    const { ended } = await following(sandbox, ["--max-reconnects", "0", "--json"]);
    await sandbox.close();
    const { exitCode, stdout, stderr } = await ended;
    expect(exitCode).toBe(3);
    expect(objects(stdout).at(-1)).toMatchObject({ kind: "end", reason: "failed" });
    expect(JSON.parse(stderr.split("\n").at(-1) ?? "")).toMatchObject({ error: { code: "stream-lost" } });
  });

  test("a handler that refuses what is handed on makes it 1", async () => {
    const sandbox = await startedSandbox();
    const receiver = await startedReceiver(500);
    const { ended } = await following(sandbox, ["--forward-to", receiver.url, "--count", "1"]);
    await sandbox.as("bob").note("hello @alice");
    const { exitCode, stdout } = await ended;
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/→ [0-9a-f]+ +http:\S+ +mention +500 in \d+ ms/);
  });

  test("without an instance, with a wrong token, or with options of an endpoint it says what to do", async () => {
    const sandbox = await startedSandbox();
    const env = { MISSKEY_HOOKS_TOKEN: "wrong-token-wrong", MISSKEY_HOOKS_CONFIG_DIR: await temporaryFolder() };
    const run = (...args: string[]): RunningProgram["ended"] =>
      startProgram(["listen", "--from-stream", ...args], { env }).ended;
    expect(await run()).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("which instance") });
    expect(await run("--instance", sandbox.url)).toMatchObject({
      exitCode: 4,
      stderr: expect.stringContaining("AUTHENTICATION_FAILED"),
    });
    expect(await run("--instance", sandbox.url, "--port", "1")).toMatchObject({ exitCode: 2 });
  });
});
