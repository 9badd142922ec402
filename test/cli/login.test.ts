import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { createSandbox, type Sandbox } from "../../src/sandbox/index.js";
import { approveOnPage } from "../support/approve-on-page.js";
import { answerWith, startRawServer } from "../support/raw-server.js";
import { type RunOptions, type RunResult, runCli } from "../support/run-cli.js";
import { callApi, tokenOf } from "../support/sandbox-api.js";
import { temporaryFolder } from "../support/temporary-folder.js";

let sandbox: Sandbox;
let folder: string;
beforeAll(async () => {
  sandbox = await createSandbox();
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  folder = await temporaryFolder();
});

const run = (args: readonly string[], options: RunOptions = {}): Promise<RunResult> =>
  runCli(args, { cwd: folder, ...options, env: { MISSKEY_HOOKS_CONFIG_DIR: folder, ...options.env } });
const withToken = (username: string, ...args: readonly string[]): Promise<RunResult> =>
  run(["login", sandbox.url, "--token-stdin", ...args], { stdin: tokenOf(sandbox, username) });
const stored = (): Promise<string> => readFile(join(folder, "credentials.json"), "utf8");

const userId = (username: string): string => sandbox.users.find((user) => user.username === username)?.id ?? "";

/** Approves as the person in the browser does, once the page was asked about. */
function approveSoon(username: string): void {
  const stop = sandbox.on("request", ({ path }) => {
    const session = /^\/api\/miauth\/([\w-]+)\/check$/.exec(path)?.[1];
    if (session === undefined) return;
    stop();
    void approveOnPage(`${sandbox.url}/miauth/${session}?permission=read:account,write:account`, userId(username));
  });
  onTestFinished(() => stop());
}

describe("in the browser", () => {
  test("from the address to being signed in", async () => {
    approveSoon("alice");
    const { exitCode, stdout, stderr } = await run(["login", sandbox.url, "--no-browser"]);
    expect(exitCode, stderr).toBe(0);
    expect(stderr).toMatch(/\/miauth\/[\w-]{36}\?name=misskey-hooks&permission=read%3Aaccount%2Cwrite%3Aaccount/);
    expect(stdout).toContain("as alice");
    const { token } = Object.values(JSON.parse(await stored()).profiles)[0] as { token: string };
    expect(token).toMatch(/^\w{16,}$/);
    expect(stdout + stderr).not.toContain(token);

    const who = await run(["whoami", "--json"]);
    expect(JSON.parse(who.stdout)).toMatchObject({
      username: "alice",
      instance: sandbox.url,
      permissions: ["read:account", "write:account"],
    });
    expect((await run(["hooks", "list", "--json"])).stdout).toBe("[]\n");
  });

  test("for scripts: the address first, then who it is", async () => {
    approveSoon("bob");
    const { stdout } = await run(["login", sandbox.url, "--json", "--profile", "work"]);
    const lines = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines).toEqual([
      { kind: "approve", url: expect.stringContaining(`${sandbox.url}/miauth/`) },
      { kind: "signed-in", profile: "work", username: "bob", instance: sandbox.url },
    ]);
  });

  test("nobody approves in time", async () => {
    const { exitCode, stderr } = await run(["login", sandbox.url, "--wait", "10ms", "--json"]);
    expect(exitCode).toBe(3);
    expect(JSON.parse(stderr).error).toMatchObject({ code: "not-approved", hint: expect.stringContaining("--wait") });
    await expect(stored()).rejects.toThrow("ENOENT");
  });

  test("Ctrl-C while waiting", async () => {
    let interrupt = (): void => {};
    const stop = sandbox.on("request", ({ path }) => path.endsWith("/check") && interrupt());
    onTestFinished(() => stop());
    const { exitCode } = await run(["login", sandbox.url], {
      onStart: (signal) => (interrupt = () => signal("SIGINT")),
    });
    expect(exitCode).toBe(130);
  });

  test.each([
    ["a web page", answerWith(200, { "content-type": "text/html" }, "<title>Welcome</title>"), "not-an-api-answer", 4],
    ["a redirect elsewhere", answerWith(302, { location: "https://evil.example/" }), "instance-redirects", 4],
    ["a proxy without its server", answerWith(502, {}, "bad"), "instance-down", 3],
  ])("what isn't an instance is told before anybody is sent there: %s", async (_case, answer, code, exitCode) => {
    const server = await startRawServer(() => answer);
    onTestFinished(() => server.close());
    const ended = await run(["login", `127.0.0.1:${server.port}`, "--json"]);
    expect(ended).toMatchObject({ exitCode, stdout: "" });
    expect(JSON.parse(ended.stderr).error.code).toBe(code);
  });

  test("the wish for a name that can't be one is told before, too", async () => {
    expect((await run(["login", sandbox.url, "--profile", "two words"])).exitCode).toBe(2);
  });
});

describe("at a terminal", () => {
  test("the wait is shown, and gone once it is over", async () => {
    approveSoon("alice");
    const { exitCode, stderr } = await run(["login", sandbox.url, "--no-browser"], { dialogue: [] });
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/Waiting for your approval: [45]:\d\d left/);
  });

  test("the browser that BROWSER names gets the page", async () => {
    const browser = join(folder, "browser");
    const approve = `(${approveOnPage.toString()})(process.argv[2], "${userId("bob")}")`;
    await writeFile(browser, `#!${process.execPath}\n${approve};\n`, { mode: 0o700 });
    const { exitCode, stdout, stderr } = await run(["login", sandbox.url], {
      dialogue: [],
      env: { BROWSER: `${browser}:w3m`, SSH_CONNECTION: "::1 1 ::1 2" },
    });
    expect(exitCode, stderr).toBe(0);
    expect(stderr).toContain("Your browser should be showing it.");
    expect(stdout).toContain("as bob");
  });

  test("one that can't be started isn't said to show anything", async () => {
    approveSoon("alice");
    const { exitCode, stderr } = await run(["login", sandbox.url], {
      dialogue: [],
      env: { BROWSER: join(folder, "nothing") },
    });
    expect(exitCode, stderr).toBe(0);
    expect(stderr).toMatch(/\/miauth\//);
    expect(stderr).not.toContain("Your browser");
  });

  test("the instance is asked for, and the token without showing it", async () => {
    const token = tokenOf(sandbox, "alice");
    const { exitCode, stdout, stderr } = await run(["login", "--token-stdin"], {
      dialogue: [
        ["Address of the instance", `${sandbox.url}\r`],
        ["Token:", `${token}\r`],
      ],
    });
    expect(exitCode, stderr).toBe(0);
    expect(stdout).toContain("as alice");
    expect(stdout + stderr).not.toContain(token);
  });
});

describe("with a token", () => {
  test("one that may not view the account", async () => {
    const { json } = await callApi(sandbox, "miauth/gen-token", {
      i: tokenOf(sandbox, "alice"),
      session: null,
      permission: [],
    });
    const { exitCode, stderr } = await run(["login", sandbox.url, "--token-stdin", "--json"], { stdin: json.token });
    expect(exitCode).toBe(4);
    expect(JSON.parse(stderr).error).toMatchObject({
      code: "permission-denied",
      message: expect.stringContaining("read:account"),
    });
  });

  test("from standard input", async () => {
    const { exitCode, stdout, stderr } = await withToken("alice");
    expect(exitCode, stderr).toBe(0);
    expect(stdout + stderr).not.toContain(tokenOf(sandbox, "alice"));
    expect((await run(["whoami"])).stdout).toContain(`alice@${new URL(sandbox.url).host}`);
  });

  test("from a file that others can read, with a warning", async () => {
    const path = join(folder, "token");
    await writeFile(path, tokenOf(sandbox, "alice"), { mode: 0o644 });
    const { exitCode, stderr } = await run(["login", sandbox.url, "--token-file", path]);
    expect(exitCode).toBe(0);
    expect(stderr).toContain("chmod 600");
  });

  test("that the instance doesn't know", async () => {
    const { exitCode, stderr } = await run(["login", sandbox.url, "--token-stdin", "--json", "--debug"], {
      stdin: "0123456789abcdef",
    });
    expect(exitCode).toBe(4);
    expect(JSON.parse(stderr).error.code).toBe("authentication-failed");
    expect(stderr).not.toContain("0123456789abcdef");
    await expect(stored()).rejects.toThrow("ENOENT");
  });

  test("again, for the same account: one profile, under the name it has", async () => {
    await withToken("alice", "--profile", "work");
    await withToken("alice");
    const { stdout } = await run(["profiles", "list", "--json"]);
    expect(JSON.parse(stdout)).toMatchObject([{ name: "work", username: "alice", current: true }]);
    expect(stdout).not.toContain(tokenOf(sandbox, "alice"));
  });

  test("under another account's name: kept, and told", async () => {
    await withToken("alice", "--profile", "work");
    const { exitCode, stderr, stdout } = await withToken("bob", "--profile", "work", "--json");
    expect(exitCode).toBe(0);
    expect(stderr).toContain("another account");
    expect(JSON.parse(stdout).profile).toBe("work-2");
  });
});

describe("profiles", () => {
  test("use, rename, remove", async () => {
    await withToken("alice", "--profile", "a");
    await withToken("bob", "--profile", "b");
    expect(JSON.parse((await run(["whoami", "--json"])).stdout).username).toBe("bob");
    await run(["profiles", "use", "a"]);
    expect(JSON.parse((await run(["whoami", "--json"])).stdout).username).toBe("alice");
    expect(JSON.parse((await run(["whoami", "--json", "--profile", "b"])).stdout).username).toBe("bob");
    const byEnv = await run(["whoami", "--json"], { env: { MISSKEY_HOOKS_PROFILE: "b" } });
    expect(JSON.parse(byEnv.stdout).username).toBe("bob");
    await run(["profiles", "rename", "a", "z"]);
    const { stderr } = await run(["profiles", "remove", "z"]);
    expect(stderr).toContain(`${sandbox.url}/settings/apps`);
    expect(JSON.parse((await run(["whoami", "--json"])).stdout).username).toBe("bob");
    await run(["logout"]);
    expect(await run(["logout"])).toMatchObject({ exitCode: 2 });
    expect((await run(["whoami"])).stderr).toContain("misskey-hooks login");
  });

  test("nobody is signed in", async () => {
    expect(await run(["profiles", "list", "--json"])).toMatchObject({ exitCode: 0, stdout: "[]\n" });
    expect((await run(["profiles", "list"])).stderr).toContain("login");
  });
});
