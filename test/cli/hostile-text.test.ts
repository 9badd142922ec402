// What strangers wrote never reaches a terminal, a log or a CI system as anything but text within a line of ours: every
// command, with hostile arguments, files, instances and handlers, for people and with --json.
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runCli } from "../support/run-cli.js";
import { temporaryFolder } from "../support/temporary-folder.js";

/** What a line of a stranger's must not begin with: the runner of GitHub Actions would obey it. */
const command = "::error::owned";
const nasty = [
  "\n",
  "\r\n",
  "\u001B[2J",
  "\u001B]0;owned\u0007",
  "\u001B[31m",
  "\u0000",
  "\u0008",
  "\u007F",
  "\u0085",
  "\u009B2J",
  "\u061C",
  "\u200B",
  "\u2028",
  "\u2029",
  "\u202E",
  "\u2066",
  "\uFEFF",
  "%0A",
  "name",
  " ",
];
// Everything but newline and tab that must not be printed as it is.
const raw = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u061C\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/u;

const hostile = fc
  .array(fc.constantFrom(...nasty), { minLength: 1, maxLength: 6 })
  .map((parts) => `n${parts.join("")}\n${command}\r\n${command}`);

let server: Server;
let origin: string;
/** What the instance and the handler say of themselves, in every text there is. */
let said = "";

const object = { type: "object", properties: { id: { type: "string" }, text: { type: ["string", "null"] } } };

function answerTo(path: string): unknown {
  const user = { id: said, username: said, name: said, host: said };
  const hook = { id: said, userId: said, name: said, on: [said], url: said, secret: said, active: true };
  const answers: Readonly<Record<string, unknown>> = {
    "/nodeinfo/2.0": { software: { name: said, version: said }, metadata: { nodeName: said } },
    "/api/meta": { version: said, name: said, features: { miauth: true } },
    "/api.json": {
      info: { title: said, version: said },
      components: { schemas: { Note: object, UserLite: object, UserDetailedNotMe: object } },
      paths: {},
    },
    "/api/i": user,
    "/api/ping": { pong: Date.now() },
    "/api/i/webhooks/list": [{ ...hook, latestSentAt: said, latestStatus: 500 }],
  };
  return answers[path];
}

beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume();
    const answer = answerTo(request.url ?? "");
    const refusal = {
      error: { message: said, code: said, id: said, kind: "client", info: { param: said, reason: said } },
    };
    response.writeHead(answer === undefined ? 400 : 200, { "content-type": "application/json" });
    response.end(JSON.stringify(answer ?? refusal));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** The files that a run may read, with that text wherever a text can stand. */
function writeFiles(cwd: string, text: string): void {
  const note = { id: text, text, cw: text, user: { id: text, username: text, name: text, host: text }, [text]: text };
  const envelope = {
    server: text,
    hookId: text,
    userId: text,
    eventId: text,
    createdAt: 1,
    type: text,
    body: { note },
  };
  mkdirSync(cwd, { recursive: true });
  writeFileSync(join(cwd, "unknown.json"), JSON.stringify(envelope));
  writeFileSync(join(cwd, "mention.json"), JSON.stringify({ ...envelope, type: "mention" }));
  writeFileSync(
    join(cwd, "recording.json"),
    JSON.stringify({ headers: { "content-type": text, "user-agent": text }, body: { ...envelope, type: "follow" } }),
  );
  writeFileSync(join(cwd, "broken.json"), `{"a": ${text}`);
  writeFileSync(join(cwd, "fork.json"), JSON.stringify({ family: text, title: text, [text]: text }));
  writeFileSync(join(cwd, "titled.json"), JSON.stringify({ family: "my-fork", title: text, source: text }));
  writeFileSync(join(cwd, "script.ndjson"), `${JSON.stringify({ as: text, do: text })}\n`);
  writeFileSync(
    join(cwd, "hooks.json"),
    JSON.stringify({ format: text, version: 1, hooks: [{ name: text, url: text }] }),
  );
  writeFileSync(join(cwd, "misskey-hooks.config.json"), JSON.stringify({ [text]: text, url: text, instance: text }));
  writeFileSync(join(cwd, "token"), "0123456789abcdef");
}

type Run = (text: string) => readonly string[];

const runs: Readonly<Record<string, Run>> = {
  "an unknown command": (text) => [text],
  "an unknown option": (text) => ["send", `--${text}`],
  "send: an event": (text) => ["send", text],
  "send: a URL": (text) => ["send", "mention", text],
  "send: a variant": (text) => ["send", "mention", origin, "--variant", text],
  "send: a path": (text) => ["send", "mention", origin, "--set", `${text}=1`],
  "send: a value": (text) => ["send", "mention", origin, "--set", `text=${text}`, "--dry-run"],
  "send: a dialect": (text) => ["send", "mention", origin, "--as", text],
  "send: a dialect's file": () => ["send", "mention", origin, "--as", "./fork.json"],
  "send: a titled dialect": () => ["send", "mention", `${origin}/hook`, "--as", "./titled.json"],
  "send: a body": (text) => ["send", "mention", origin, "--data", text],
  "send: a header": (text) => ["send", "mention", origin, "--header", `x: ${text}`],
  "send --dry-run": (text) => ["send", "mention", `${origin}/?${encodeURIComponent(text)}`, "--dry-run"],
  "validate: payloads": () => ["validate", "unknown.json", "mention.json", "recording.json", "broken.json"],
  "validate: a path": (text) => ["validate", text],
  "validate: junit": () => ["validate", "unknown.json", "mention.json", "--report", "junit"],
  "validate: tap": () => ["validate", "unknown.json", "recording.json", "--report", "tap"],
  "validate: json": () => ["validate", "unknown.json", "recording.json", "--report", "json"],
  "validate: ndjson": () => ["validate", "unknown.json", "broken.json", "--report", "ndjson"],
  "validate --schema-from": () => ["validate", "mention.json", "--schema-from", origin],
  "drift --against": (text) => ["drift", "mention.json", "--against", text],
  "drift: an instance": () => ["drift", "mention.json", "--against", origin],
  "drift: tap": () => ["drift", "mention.json", "--against", origin, "--report", "tap"],
  "check: a URL": (text) => ["check", text],
  "check: a check": (text) => ["check", origin, "--only", text, "--secret", "s"],
  "check: a baseline": () => ["check", origin, "--baseline", "mention.json", "--secret", "s"],
  "check: a handler": () => ["check", `${origin}/hook`, "--only", "secret.wrong,handler.alive", "--secret", "s"],
  instance: () => ["instance", origin],
  "instance: an address": (text) => ["instance", text],
  whoami: () => ["whoami", "--instance", origin],
  "hooks list": () => ["hooks", "list", "--instance", origin],
  "hooks show": (text) => ["hooks", "show", text, "--instance", origin],
  "hooks show, of another name": () => ["hooks", "show", "nothing", "--instance", origin],
  "hooks create": (text) => ["hooks", "create", "--name", text, "--url", text, "--on", text, "--instance", origin],
  "hooks create, refused": () => [
    "hooks",
    "create",
    "--url",
    "https://bot.example/",
    "--on",
    "mention",
    "--generate-secret",
    "--instance",
    origin,
  ],
  "hooks update": (text) => ["hooks", "update", text, "--name", text, "--instance", origin],
  "hooks ensure": (text) => [
    "hooks",
    "ensure",
    "--name",
    text,
    "--url",
    "https://bot.example/",
    "--on",
    "mention",
    "--dry-run",
    "--instance",
    origin,
  ],
  "hooks delete": (text) => ["hooks", "delete", text, "--yes", "--instance", origin],
  "hooks test": (text) => ["hooks", "test", text, "--instance", origin],
  "hooks export": () => ["hooks", "export", "--instance", origin],
  "hooks import": () => ["hooks", "import", "hooks.json", "--instance", origin],
  login: () => ["login", origin, "--token-file", "token"],
  "login: an address": (text) => ["login", text],
  logout: (text) => ["logout", text],
  "profiles use": (text) => ["profiles", "use", text],
  "profiles rename": (text) => ["profiles", "rename", text, text],
  config: () => ["config"],
  doctor: () => ["doctor", "--instance", origin],
  "doctor: a URL": (text) => ["doctor", "--url", text],
  "listen: a host": (text) => ["listen", "--host", text, "--port", "0"],
  "sandbox: a script": () => ["sandbox", "--script", "script.ndjson", "--port", "0"],
  "sandbox: a dialect": (text) => ["sandbox", "--as", text],
};

function expectHarmless(output: string, what: string): void {
  expect(raw.exec(output)?.index, `${what} has a character that must not be printed: ${JSON.stringify(output)}`).toBe(
    undefined,
  );
  const owned = output.split(/[\n\r]/).filter((line) => line.trimStart().startsWith(command));
  expect(owned, `${what} lets a stranger begin a line: ${JSON.stringify(output)}`).toEqual([]);
}

test.each(Object.entries(runs))("%s", { timeout: 60_000 }, async (name, argsFor) => {
  const cwd = await temporaryFolder();
  const withoutProject = name !== "config" && !name.startsWith("doctor");
  await fc.assert(
    fc.asyncProperty(hostile, fc.boolean(), async (text, json) => {
      said = text;
      writeFiles(cwd, text);
      const env = { MISSKEY_HOOKS_TOKEN: "0123456789abcdef", MISSKEY_HOOKS_CONFIG_DIR: join(cwd, "config") };
      const args = [...argsFor(text), ...(json && !argsFor(text).includes("--report") ? ["--json"] : [])];
      const { exitCode, stdout, stderr } = await runCli(args, { cwd: withoutProject ? projectless(cwd) : cwd, env });
      expect(exitCode, `a fault of ours: ${stderr}`).not.toBe(70);
      expectHarmless(stdout, "standard output");
      expectHarmless(stderr, "standard error");
      if (args.includes("--json") && stdout !== "") {
        for (const value of name === "hooks export" ? [stdout] : stdout.trimEnd().split("\n")) JSON.parse(value);
      }
    }),
    { numRuns: 6 },
  );
});

/** The same files without the project's, whose faults would come first. */
function projectless(cwd: string): string {
  writeFileSync(join(cwd, "misskey-hooks.config.json"), "{}");
  return cwd;
}
