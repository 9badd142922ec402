// send, in this process: what it sends, what it says, and how it ends.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { resolveDialect } from "../../src/protocol/index.js";
import { answerWith, freePort, type RawRequest, type RawServer, startRawServer } from "../support/raw-server.js";
import { runCli, type RunOptions, type RunResult } from "../support/run-cli.js";

const secretName = "x-misskey-hook-secret";
const servers: RawServer[] = [];
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "misskey-hooks-send-"));
});
afterAll(() => rm(folder, { recursive: true }));
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

type Answer = Parameters<typeof startRawServer>[0];
async function receiver(answer: Answer = () => answerWith(204)): Promise<RawServer> {
  const server = await startRawServer(answer);
  servers.push(server);
  return server;
}
async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}
const header = (request: RawRequest | undefined, name: string): string | undefined =>
  request?.headers.find(([candidate]) => candidate === name)?.[1];
const json = (request: RawRequest | undefined): Record<string, unknown> =>
  JSON.parse(request?.body.toString("utf8") ?? "") as Record<string, unknown>;

/** Sends to a fresh receiver that says 204. */
async function sent(
  args: readonly string[],
  options?: RunOptions,
): Promise<RunResult & { request: RawRequest | undefined }> {
  const [event = "", ...rest] = args;
  const { url, requests } = await receiver();
  const result = await runCli(["send", event, url, ...rest], options);
  return { ...result, request: requests[0] };
}

describe("what is sent", () => {
  it("is the event, fresh, with the dialect's headers", async () => {
    const { exitCode, stdout, stderr, request } = await sent(["mention"]);
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(
      /^✓ mention \(default\) → http:\/\/127\.0\.0\.1:\d+\/ {2}204 in \d+ ms, as misskey(@[\d.]+)?\n$/,
    );
    expect(Object.keys(json(request))).toEqual(["server", "hookId", "userId", "eventId", "createdAt", "type", "body"]);
    expect(header(request, secretName)).toBe("");
    expect(header(request, "x-misskey-hook-id")).toBe(json(request)["hookId"]);
    expect(`https://${header(request, "x-misskey-host")}`).toBe(json(request)["server"]);
    expect(Math.abs(Number(json(request)["createdAt"]) - Date.now())).toBeLessThan(60_000);
  });

  it("is that of another dialect", async () => {
    const old = await sent(["follow", "--as", "misskey@12.109"]);
    expect(header(old.request, "content-type")).toBe("text/plain;charset=UTF-8");
    expect(Object.keys(json(old.request))).toEqual(["type", "user"]);
    const bun = await sent(["note", "--as", "iceshrimp-bun", "--secret", "s"]);
    expect(header(bun.request, "X-Iceshrimp-Hook-Secret")).toBe("s");
    expect(bun.stderr).toBe("");
  });

  it("is that of the user's own fork", async () => {
    const fork = await file("my-fork.json", JSON.stringify({ family: "my-fork", headers: { prefix: "X-Fork-" } }));
    const { request, exitCode, stderr } = await sent(["note", "--as", fork, "--secret", "s"]);
    expect(exitCode).toBe(0);
    expect(header(request, "X-Fork-Hook-Secret")).toBe("s");
    expect(stderr).toContain("not verified");
  });

  it.each(["ocean", "firefish"])("as %s, comes with a note that it is unverified", async (family) => {
    const { stderr, exitCode } = await sent(["mention", "--as", family]);
    expect([exitCode, stderr]).toEqual([
      0,
      `note: ${resolveDialect(family).title} is not verified against a running server; it is known by: ${resolveDialect(family).source}.\n`,
    ]);
  });

  it("is what --set, --unset and --merge make of it", async () => {
    const merge = await file("merge.json", '{"body":{"note":{"cw":"careful","tags":["a"]}}}');
    const changes = ["--merge", merge, "--set", "note.text=hello", "--set", "note.user.isBot=true"];
    const ids = ["--hook-id", "myhook", "--user-id", "me", "--server", "http://my.server:3000"];
    const { request } = await sent(["mention", ...changes, "--unset", "body.note.mentions", ...ids]);
    expect(json(request)).toMatchObject({
      server: "http://my.server:3000",
      hookId: "myhook",
      userId: "me",
      body: { note: { text: "hello", cw: "careful", tags: ["a"], user: { isBot: true } } },
    });
    expect(request?.body.toString()).not.toContain('"mentions"');
    expect(header(request, "x-misskey-host")).toBe("my.server:3000");
    expect(header(request, "x-misskey-hook-id")).toBe("myhook");
  });

  it("repeats itself with a seed", async () => {
    const [one, two, other] = [
      await sent(["note", "--seed", "a"]),
      await sent(["note", "--seed", "a"]),
      await sent(["note", "--seed", "b"]),
    ];
    expect(one.request?.body.toString()).toBe(two.request?.body.toString());
    expect(one.request?.body.toString()).not.toBe(other.request?.body.toString());
  });

  it.each([
    ["what isn't JSON", Buffer.from("not json")],
    ["nothing", Buffer.alloc(0)],
    ["bytes that are no text", Buffer.from([0, 0xff, 0xfe, 13, 10, 0x80])],
    ["JSON of any kind", Buffer.from("[]")],
    ["a number of spaces", Buffer.from('{ "a" :  1 }\n')],
  ])("is the user's own body, byte for byte: %s", async (_, bytes) => {
    const { request, exitCode } = await sent(["whatever", "--data", await file("data.bin", bytes)]);
    expect(exitCode).toBe(0);
    expect(request?.body.equals(bytes)).toBe(true);
    expect(header(request, "user-agent")).toBe("Misskey-Hooks");
    expect(header(request, "x-misskey-hook-id")).toMatch(/./);
  });

  it("says in the headers what the user's own envelope says", async () => {
    const own = '{"server":"http://my.server:3000","hookId":"myhook","eventId":"e1"}';
    const { request, stdout } = await sent(["mention", "--data", "-", "--json"], { stdin: own });
    expect(request?.body.toString()).toBe(own);
    expect([header(request, "x-misskey-host"), header(request, "x-misskey-hook-id")]).toEqual([
      "my.server:3000",
      "myhook",
    ]);
    expect(JSON.parse(stdout)).toMatchObject({ event: "mention", variant: null, eventId: "e1" });
  });

  it("has the user's own headers, in place of the dialect's", async () => {
    const { request } = await sent([
      "note",
      "--header",
      "Content-Type: application/json; charset=utf-8",
      "--header",
      "x-more: 1",
    ]);
    const types = request?.headers.filter(([name]) => name.toLowerCase() === "content-type");
    expect(types).toEqual([["Content-Type", "application/json; charset=utf-8"]]);
    expect(request?.headers.at(-3)).toEqual(["x-more", "1"]);
  });

  it("may be an event that no server sends, with --force", async () => {
    const { request, exitCode } = await sent(["reaction", "--force"]);
    expect([exitCode, json(request)["type"]]).toEqual([0, "reaction"]);
  });
});

describe("the secret", () => {
  it("comes from --secret, a file, or the environment, in this order", async () => {
    const path = await file("secret.txt", "from a file\n");
    const env = { MISSKEY_HOOKS_SECRET: "from env" };
    const secretOf = async (...args: string[]): Promise<string | undefined> =>
      header((await sent(["note", ...args], { env })).request, secretName);
    expect(await secretOf("--secret", "given")).toBe("given");
    expect(await secretOf("--secret-file", path)).toBe("from a file");
    expect(await secretOf("--secret")).toBe("from env");
    expect(await secretOf()).toBe("from env");
  });

  it("is asked for on a terminal", async () => {
    const { request, stderr } = await sent(["note", "--secret"], { dialogue: [["Secret of the hook", "typed\r"]] });
    expect(header(request, secretName)).toBe("typed");
    expect(stderr).not.toContain("typed");
  });

  it.each([
    [[]],
    [["--json"]],
    [["--dry-run"]],
    [["--dry-run", "--json"]],
    [["--dry-run=curl"]],
    [["--times", "2"]],
    [["--retry", "--time-scale", "60000", "--debug"]],
  ])("is never shown: %j", async (args) => {
    const { url } = await receiver(() => answerWith(503));
    const { stdout, stderr } = await runCli(["send", "note", url, "--secret", "hunter2", ...args]);
    expect(stdout).not.toBe("");
    expect(stdout + stderr).not.toContain("hunter2");
  });

  it.each(["秘密", "line\nbreak", "nul\0"])("that no server could send is refused: %j", async (secret) => {
    const { exitCode, stderr } = await runCli(["send", "note", "--secret", secret]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("No server could send this secret");
    expect(stderr).not.toContain(secret);
  });

  it("with spaces around it arrives without them, and that is said", async () => {
    const { request, stderr } = await sent(["note", "--secret", " s "]);
    expect(header(request, secretName)).toBe("s");
    expect(stderr).toContain("lost on the wire");
  });
});

describe("how it ends", () => {
  it.each([
    [401, "another secret", "give up"],
    [404, "path", "give up"],
    [429, "limits its callers", "up to 3 more times, waiting 1 min, 3 min and 7 min"],
    [500, "look at its log", "up to 3 more times"],
  ])("with 1 on a %i, with what it means on a server and what to do", async (status, advice, policy) => {
    const { url } = await receiver(() => answerWith(status));
    const { exitCode, stdout } = await runCli(["send", "mention", url]);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(new RegExp(`^✗ mention .*  ${status} in`));
    expect(stdout).toContain(advice);
    expect(stdout).toContain(policy);
  });

  describe("with what the receiver's answer says", () => {
    const saying = async (status: number, body: string): Promise<RawServer> =>
      receiver(() => answerWith(status, {}, body));

    it.each([401, 403, 422, 500])("to a person and in JSON, to a %i", async (status) => {
      const { url } = await saying(status, '{"error":\n  "the signature is too old"}');
      const { stdout } = await runCli(["send", "mention", url]);
      expect(stdout).toContain('It says: {"error": "the signature is too old"}');
      const inJson = await runCli(["send", "mention", url, "--json"]);
      expect(JSON.parse(inJson.stdout)).toMatchObject({
        attempts: [{ status, body: '{"error": "the signature is too old"}' }],
      });
    });

    it("without claiming that a secret was wrong which may not be what it is about", async () => {
      const { url } = await saying(403, "your address is blocked");
      const { stdout } = await runCli(["send", "mention", url, "--secret", "s"]);
      expect(stdout).toContain("It says: your address is blocked");
      expect(stdout).not.toMatch(/secret (is|was) wrong|wrong secret/i);
    });

    it("shortened, printable, and without the secret", async () => {
      const { url } = await saying(401, `\u001B[2Jwas hunter2hunter2, \u202E${"x".repeat(5000)}end`);
      for (const more of [[], ["--json"]]) {
        const { stdout, stderr } = await runCli(["send", "mention", url, "--secret", "hunter2hunter2", ...more]);
        expect(stdout).toContain("xxxxx");
        expect(stdout).not.toContain("xend");
        expect(stdout.length).toBeLessThan(3000);
        expect(stdout + stderr).not.toMatch(/[\u001B\u202E]|hunter2/);
      }
    });

    it("not when it says nothing, nor when it took the delivery", async () => {
      const silent = await saying(401, " \n ");
      const taken = await saying(200, "thank you");
      for (const { url } of [silent, taken]) {
        const { stdout } = await runCli(["send", "mention", url, "--json"]);
        const { attempts } = JSON.parse(stdout) as { readonly attempts: readonly object[] };
        expect(Object.keys(attempts[0] ?? {})).not.toContain("body");
        expect((await runCli(["send", "mention", url])).stdout).not.toContain("It says");
      }
    });
  });

  it("after every attempt, without promising more of them", async () => {
    const { url } = await receiver(() => answerWith(500));
    const { exitCode, stdout } = await runCli(["send", "mention", url, "--retry", "--time-scale", "60000"]);
    expect(exitCode).toBe(1);
    expect(stdout).toContain("Misskey would give up on it too, after 4 attempts.");
    expect(stdout).not.toContain("more times");
  });

  it("with 3 when nobody listens", async () => {
    const port = await freePort();
    const { exitCode, stdout } = await runCli(["send", "mention", `http://127.0.0.1:${port}/`]);
    expect(exitCode).toBe(3);
    expect(stdout).toContain(`Nobody listens on 127.0.0.1:${port}.`);
    expect(stdout).toContain(`misskey-hooks listen --port ${port}`);
  });

  it.each<[string, string, Answer]>([
    ["never answers", "timeout", () => () => {}],
    ["resets", "closed-connection", () => (socket) => void socket.resetAndDestroy()],
    ["talks something else", "not-http", () => "220 mail.example ESMTP\r\n"],
  ])("with 3 when the receiver %s", async (_, code, answer) => {
    const { url } = await receiver(answer);
    const { exitCode, stdout, stderr } = await runCli(["send", "mention", url, "--timeout", "150ms", "--json"]);
    expect([exitCode, stderr]).toEqual([3, ""]);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      outcome: "failed",
      attempts: [{ n: 1, status: null, error: { code } }],
    });
  });

  it("with one object, as the contract has it", async () => {
    const { stdout, request } = await sent(["mention", "--json"]);
    const report = JSON.parse(stdout) as { request: { headers: object } };
    expect(report).toEqual({
      ok: true,
      event: "mention",
      variant: "default",
      dialect: "misskey@2025.4",
      eventId: json(request)["eventId"],
      url: expect.stringMatching(/^http:/) as string,
      request: { headers: expect.any(Object) as object, bytes: request?.body.length },
      attempts: [{ n: 1, status: 204, ms: expect.any(Number) as number }],
      outcome: "delivered",
    });
    expect(Object.keys(report.request.headers)).toContain(secretName);
  });

  it("on the schedule with --retry, every attempt the same", async () => {
    const { url, requests } = await receiver((_, index) => answerWith(index < 3 ? 500 : 204));
    const { exitCode, stdout, stderr } = await runCli(["send", "mention", url, "--retry", "--time-scale", "60000"]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain("attempt 4");
    expect(stderr).toMatch(/attempt 2 of 4 in 1 min.*, here 1 ms/);
    expect(new Set(requests.map(({ body }) => body.toString("latin1"))).size).toBe(1);
    expect(requests).toHaveLength(4);
  });

  it("follows redirects with a loud warning, and doesn't with --no-redirect", async () => {
    const target = await receiver(() => answerWith(200));
    const { url } = await receiver(() => answerWith(302, { location: target.url }));
    const followed = await runCli(["send", "mention", url, "--secret", "s"]);
    expect([followed.exitCode, target.requests[0]?.line]).toEqual([0, "GET / HTTP/1.1"]);
    expect(followed.stderr).toContain(
      `302: goes on to ${target.url} as a GET without the body, AND THE SECRET GOES ALONG`,
    );
    const manual = await runCli(["send", "mention", url, "--no-redirect"]);
    expect([manual.exitCode, target.requests.length]).toEqual([1, 1]);
  });

  it("with advice on where a redirect led, when nobody is there", async () => {
    const port = await freePort();
    const { url } = await receiver(() => answerWith(307, { location: `http://127.0.0.1:${port}/` }));
    const { exitCode, stdout } = await runCli(["send", "mention", url]);
    expect(exitCode).toBe(3);
    expect(stdout).toContain(`misskey-hooks listen --port ${port}`);
  });

  it("after many, with their counts", async () => {
    const { url, requests } = await receiver((_, index) => answerWith(index === 3 ? 500 : 204));
    const { exitCode, stdout } = await runCli(["send", "note", url, "--times", "12", "--concurrency", "4", "--json"]);
    const lines = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { kind: string; eventId: string; counts: object });
    expect(exitCode).toBe(1);
    expect(requests).toHaveLength(12);
    expect(lines.map(({ kind }) => kind)).toEqual([...Array.from({ length: 12 }, () => "delivery"), "end"]);
    expect(new Set(lines.slice(0, 12).map(({ eventId }) => eventId)).size).toBe(12);
    expect(lines.at(-1)?.counts).toEqual({ delivered: 11, refused: 1, failed: 0 });
  });

  it("at once on Ctrl-C", async () => {
    let interrupt = (): void => {};
    const { url } = await receiver(() => () => interrupt());
    const { exitCode } = await runCli(["send", "mention", url, "--timeout", "1h"], {
      onStart: (signal) => (interrupt = () => signal("SIGINT")),
    });
    expect(exitCode).toBe(130);
  });
});

describe("a call that can't be used ends with 2 and says why:", () => {
  it.each([
    [["mentoin"], "unknown-event", "mention"],
    [["reaction"], "no-sample", "--data"],
    [["mention", "--variant", "nope"], "unknown-variant", "default"],
    [["mention", "--as", "mastodon"], "unknown-dialect", "misskey"],
    [["mention", "--as", "./nope.json"], "unreadable-file", ""],
    [["mention", "--set", "note.txet=a"], "unknown-path", "body.note.text"],
    [["mention", "--unset", "nope"], "unknown-path", "--force"],
    [["mention", "--merge", "/nope"], "unreadable-file", ""],
    [["mention", "bot.example:3000"], "invalid-url", "http://bot.example:3000/"],
    [["mention", "ftp://files.example/"], "invalid-url", "http://files.example/"],
    [["mention", "http://user:pass@127.0.0.1/"], "invalid-url", "--header"],
    [["mention", "--server", "nope"], "invalid-server", "https://"],
    [["mention", "--secret"], "no-secret", "MISSKEY_HOOKS_SECRET"],
    [["mention", "--secret", "a", "--secret-file", "b"], "conflicting-secrets", ""],
    [["mention", "--data", "-", "--secret-file", "-"], "stdin-twice", ""],
    [[], "missing-event", "send mention"],
    [["http://127.0.0.1:1/"], "missing-event", "send mention"],
    [["mention", "--data", "x", "--set", "a=b"], "usage", "--help"],
    [["mention", "--timeout", "5"], "usage", "--help"],
    [["mention", "--times", "0"], "usage", "--help"],
    [["mention", "--header", "nonsense"], "usage", "--help"],
    [["mention", "--dry-run", "http://127.0.0.1:1/"], "usage", "--help"],
  ])("%j", async (args, code, hint) => {
    const { exitCode, stdout, stderr } = await runCli(["send", ...args, "--json"]);
    expect([exitCode, stdout]).toEqual([2, ""]);
    const { error } = JSON.parse(stderr) as { error: { code: string; hint?: string } };
    expect(error.code).toBe(code);
    expect(error.hint ?? "").toContain(hint);
  });
});

describe("without sending", () => {
  it("--dry-run shows the request, --json with its body", async () => {
    const { url, requests } = await receiver();
    const shown = await runCli(["send", "mention", url, "--dry-run", "--seed", "a"]);
    expect(shown.stdout).toMatch(/^POST \/ HTTP\/1\.1\naccept: /);
    const object = await runCli(["send", "mention", url, "--dry-run", "--seed", "a", "--json"]);
    const { outcome, request } = JSON.parse(object.stdout) as {
      outcome: string;
      request: { bytes: number; body: string };
    };
    expect(outcome).toBe("not-sent");
    expect(Buffer.byteLength(request.body)).toBe(request.bytes);
    expect(shown.stdout).toContain(request.body);
    expect(requests).toHaveLength(0);
  });

  it("--list names every event and variant, those of one event, or those of a dialect", async () => {
    const { stdout, stderr, exitCode } = await runCli(["send", "--list"]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^EVENT +VARIANT +WHAT IT IS\n *-*/);
    for (const event of ["note", "unfollow", "abuseReport"]) expect(stdout).toMatch(new RegExp(`^${event} `, "m"));
    expect(stderr).toContain("No server known here sends reaction");
    const one = JSON.parse((await runCli(["send", "mention", "--list", "--json"])).stdout) as { event: string }[];
    expect(new Set(one.map(({ event }) => event))).toEqual(new Set(["mention"]));
    expect((await runCli(["send", "--list", "--as", "sharkey"])).stdout).toMatch(/^edited /m);
  });
});

it.each([["edited"], ["reportAutoResolved"], ["inactiveModeratorsDisablePublicNoteChanged"]])(
  "--list has %s, which one family alone sends",
  async (event) => {
    expect((await runCli(["send", "--list"])).stdout).toMatch(new RegExp(`^${event} .*alone`, "m"));
    expect((await runCli(["send", event, "--list"])).stdout).toContain(event);
  },
);

it("--list with an event that there isn't has a guess", async () => {
  const { exitCode, stderr } = await runCli(["send", "MENTION", "--list"]);
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining("Did you mean mention?")]);
});

it.each(["note.files.0.size", "note.files[0].size", "body.note.files.0.size", "files.0.size"])(
  "%s is a path",
  async (path) => {
    const { stdout } = await runCli([
      "send",
      "note",
      "--variant",
      "files-only",
      "--set",
      `${path}=7`,
      "--dry-run",
      "--json",
    ]);
    const { request } = JSON.parse(stdout) as { request: { body: string } };
    expect(JSON.parse(request.body)).toHaveProperty("body.note.files.0.size", 7);
  },
);

it.each([
  [":3000/hook", "http://127.0.0.1:3000/hook"],
  ["localhost:3000", "http://localhost:3000/"],
  ["127.0.0.1:3000/a?b=c", "http://127.0.0.1:3000/a?b=c"],
])("%s is an address of this machine", async (address, url) => {
  const { stdout } = await runCli(["send", "note", address, "--dry-run", "--json"]);
  expect(JSON.parse(stdout)).toMatchObject({ url });
});

it("localhost is sent to, with a note that servers don't", async () => {
  const { stderr } = await runCli(["send", "mention", `http://localhost:${await freePort()}/`]);
  expect(stderr).toContain("register the hook with 127.0.0.1");
});

const taken = /warning: Misskey 2027 is later than what is known here \(2026\.3\.2\): it is taken as misskey@2025\.4\./;

it.each([[["send", "note", "--dry-run"]], [["validate", "-"]], [["check", "http://127.0.0.1:1/"]]])(
  "%j --as a version that nobody has looked at yet says what it is taken for",
  async (args) => {
    const run = (as: string) => runCli([...args, "--as", as]);
    expect((await run("misskey@2027")).stderr).toMatch(taken);
    expect((await run("misskey@2026.3")).stderr).not.toContain("is later than");
  },
);
