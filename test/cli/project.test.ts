import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { startRecordingReceiver } from "../support/recording-receiver.js";
import { type RunResult, runCli } from "../support/run-cli.js";
import { temporaryFolder } from "../support/temporary-folder.js";

let cwd: string;
beforeEach(async () => {
  cwd = await temporaryFolder();
});
const project = (settings: object): Promise<void> =>
  writeFile(join(cwd, "misskey-hooks.config.json"), JSON.stringify(settings));
const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<RunResult> =>
  runCli(args, { cwd, env });

describe("send", () => {
  test("goes to the project's URL, as its dialect, with its secret", async () => {
    await using receiver = await startRecordingReceiver();
    await project({ url: receiver.url, dialect: "iceshrimp", secret: { env: "BOT_HOOK_SECRET" } });
    const { exitCode, stderr } = await run(["send", "mention"], { BOT_HOOK_SECRET: "of the project" });
    expect(exitCode, stderr).toBe(0);
    expect(receiver.requests[0]?.headers["x-iceshrimp-hook-secret"]).toBe("of the project");
  });

  test("unless options and environment say otherwise", async () => {
    await using receiver = await startRecordingReceiver();
    await project({ url: "http://127.0.0.1:1/", dialect: "iceshrimp", secret: { env: "BOT_HOOK_SECRET" } });
    await run(["send", "mention", receiver.url, "--as", "misskey"], {
      BOT_HOOK_SECRET: "a",
      MISSKEY_HOOKS_SECRET: "b",
    });
    expect(receiver.requests[0]?.headers["x-misskey-hook-secret"]).toBe("b");
  });

  test("a dialect of the project's own is found beside its file", async () => {
    await mkdir(join(cwd, ".git"));
    await mkdir(join(cwd, "src"));
    await project({ dialect: "./no-such-fork.json" });
    const { stderr } = await runCli(["send", "mention", "--dry-run"], { cwd: join(cwd, "src") });
    expect(stderr).toContain(join(cwd, "no-such-fork.json"));
  });
});

describe("the project's secret", () => {
  test("in a file that isn't there is said to be missing", async () => {
    await project({ secret: { file: "hook-secret" } });
    const { exitCode, stderr } = await run(["send", "mention", "--dry-run"]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("hook-secret");
  });

  test("isn't read through a link that leads out of the project", async () => {
    const outside = await temporaryFolder();
    await writeFile(join(outside, "private"), "another's secret");
    await symlink(join(outside, "private"), join(cwd, "hook-secret"));
    await project({ secret: { file: "hook-secret" } });
    const { exitCode, stdout, stderr } = await run(["send", "mention", "--dry-run"]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("out of the project");
    expect(stdout + stderr).not.toContain("another's secret");
  });
});

describe("listen", () => {
  test("expects the project's events, and hands them on by its routes", async () => {
    await using receiver = await startRecordingReceiver();
    const routes = [{ url: receiver.url, events: ["mention"] }];
    await project({ events: ["mention", "note"], dialect: "misskey", secret: { env: "BOT_HOOK_SECRET" }, routes });
    const env = { BOT_HOOK_SECRET: "s3cret" };
    const args = ["listen", "--port", "0", "--count", "2", "--json"];
    const sent: Promise<RunResult>[] = [];
    const listening = runCli(args, {
      cwd,
      env,
      onStdout: (line) => {
        const { kind, url } = JSON.parse(line);
        if (kind !== "ready") return;
        sent.push(run(["send", "note", url], env), run(["send", "mention", url], env));
      },
    });
    const { exitCode, stdout, stderr } = await listening;
    await Promise.all(sent);
    expect(exitCode, stderr).toBe(0);
    expect(stdout).not.toContain("s3cret");
    expect(receiver.requests.map(({ json }) => json)).toMatchObject([{ type: "mention" }]);
  });

  test("hands on by a route what its expression means", async () => {
    await using receiver = await startRecordingReceiver();
    const routes = [{ url: receiver.url, where: 'event == "note" or body.note.text == "?"' }];
    await project({ dialect: "misskey", secret: { env: "BOT_HOOK_SECRET" }, routes });
    const env = { BOT_HOOK_SECRET: "s3cret" };
    const sent: Promise<RunResult>[] = [];
    const { exitCode, stderr } = await runCli(["listen", "--port", "0", "--count", "2", "--json"], {
      cwd,
      env,
      onStdout: (line) => {
        const { kind, url } = JSON.parse(line);
        if (kind === "ready") sent.push(run(["send", "note", url], env), run(["send", "mention", url], env));
      },
    });
    await Promise.all(sent);
    expect(exitCode, stderr).toBe(0);
    expect(receiver.requests.map(({ json }) => json)).toMatchObject([{ type: "note" }]);
  });

  test("says where a route's expression is wrong", async () => {
    await project({ routes: [{ url: "http://127.0.0.1:1/", where: "event = 1" }] });
    const { exitCode, stderr } = await run(["listen", "--port", "0", "--json"]);
    expect(exitCode).toBe(2);
    expect(JSON.parse(stderr).error).toMatchObject({ code: "bad-query" });
  });

  test.each(["https://elsewhere.example/", "http://127.0.0.1.evil.example/", "http://10.0.0.1/"])(
    "hands nothing on to %s for a project's sake",
    async (url) => {
      await project({ routes: [{ url }] });
      const { exitCode, stderr } = await run(["listen", "--port", "0", "--json"]);
      expect(exitCode).toBe(2);
      expect(JSON.parse(stderr).error.message).toContain("on this machine");
    },
  );
});
