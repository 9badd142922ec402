// check: what it reads, says and ends with.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { XMLValidator } from "fast-xml-parser";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { CheckReport } from "../../src/reporters/index.js";
import { type Parts, secret, type StartedHandler, startHandler } from "../conformance/handlers/handler.js";
import { freePort } from "../support/raw-server.js";
import { runCli } from "../support/run-cli.js";

let cwd: string;
let handler: StartedHandler | undefined;
const env = { MISSKEY_HOOKS_SECRET: secret };

beforeAll(() => void (cwd = mkdtempSync(join(tmpdir(), "check-"))));
afterAll(() => rmSync(cwd, { recursive: true }));
afterEach(async () => {
  await handler?.close();
  handler = undefined;
});

async function urlOf(parts: Parts = {}): Promise<string> {
  handler = await startHandler(parts);
  return handler.url.href;
}

const caseless: Parts = { isRight: (given) => given?.toLowerCase() === secret.toLowerCase() };

test("a good handler: every check in order, exit 0", async () => {
  const { exitCode, stdout } = await runCli(["check", await urlOf(), "--on", "mention"], { cwd, env });
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^✓ handler\.alive .*\n✓ accepts\.mention /);
  expect(stdout).toMatch(/\d+ passed, 0 warned, 0 failed, \d+ skipped\n$/);
});

test("--json is one object of the documented shape", async () => {
  const args = ["check", await urlOf(caseless), "--json", "--only", "secret,handler.alive", "--on", "mention"];
  const { exitCode, stdout } = await runCli(args, { cwd, env });
  const report = JSON.parse(stdout) as CheckReport;
  expect(exitCode).toBe(1);
  expect(report).toMatchObject({ ok: false, url: handler?.url.href, level: "standard", stoppedEarly: false });
  expect(report.counts).toEqual({ pass: 7, unproved: 0, warn: 0, fail: 1, skip: 0 });
  expect(report.checks.find(({ id }) => id === "secret.case")).toEqual({
    id: "secret.case",
    verdict: "fail",
    severity: "error",
    title: "the secret in other case",
    sent: "the secret in other case",
    expected: expect.stringContaining("401"),
    answered: { status: 200, ms: expect.any(Number) },
    message: expect.stringContaining("this one gets in"),
    hint: expect.stringContaining("timingSafeEqual"),
    accepted: false,
  });
});

test("a failed check says what happened, and how to fix it", async () => {
  const { stdout } = await runCli(["check", await urlOf(caseless), "--only", "secret.case"], { cwd, env });
  expect(stdout).toContain("✗ secret.case");
  expect(stdout).toContain("    It answered 200, just as to the right secret");
  expect(stdout).toContain("    → Compare the whole value");
});

test("several reports at once, none with the secret", async () => {
  const leaky: Parts = {
    onWrong: (response) => void response.writeHead(302, { location: `/login?s=${secret}` }).end(secret),
  };
  const formats = ["junit=out/j.xml", "tap=t.tap", "github=g.md", "ndjson=n.ndjson", "json=r.json", "pretty=p.txt"];
  const args = ["check", `${await urlOf(leaky)}?token=${secret}`, ...formats.flatMap((value) => ["--report", value])];
  const { exitCode, stdout, stderr } = await runCli(args, { cwd, env });
  expect(exitCode).toBe(1);
  const files = formats.map((value) => readFileSync(join(cwd, value.split("=")[1] ?? ""), "utf8"));
  for (const text of [...files, stdout, stderr]) expect(text).not.toContain(secret);
  expect(XMLValidator.validate(files[0] ?? "")).toBe(true);
  const report = JSON.parse(files[4] ?? "") as CheckReport;
  expect(report.counts.fail).toBeGreaterThan(0);
  for (const { id } of report.checks.filter(({ verdict }) => verdict === "fail")) {
    for (const text of files) expect(text).toContain(id);
  }
});

test("a report on standard output has it to itself", async () => {
  const { stdout } = await runCli(["check", await urlOf(), "--only", "secret", "--report", "tap"], { cwd, env });
  expect(stdout).toMatch(/^TAP version 14\n1\.\.7\n/);
  const twice = await runCli(["check", await urlOf(), "--report", "tap", "--json"], { cwd, env });
  expect(twice.exitCode).toBe(2);
  expect(JSON.parse(twice.stderr)).toMatchObject({ error: { code: "conflicting-reports" } });
});

test("GITHUB_STEP_SUMMARY gets the summary, the output the annotations", async () => {
  const summary = join(cwd, "summary.md");
  const args = ["check", await urlOf(caseless), "--only", "secret.case", "--report", "github"];
  const { stdout } = await runCli(args, { cwd, env: { ...env, GITHUB_STEP_SUMMARY: summary } });
  expect(stdout).toContain("::error title=secret.case::It answered 200");
  expect(readFileSync(summary, "utf8")).toContain("| ❌ | secret.case |");
});

test("a baseline accepts what it names, and nothing worse", async () => {
  const file = join(cwd, "baseline.json");
  const url = await urlOf(caseless);
  const write = await runCli(["check", url, "--only", "secret", "--baseline", file, "--update-baseline"], { cwd, env });
  expect(write.exitCode).toBe(0);
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual({ accepted: { "secret.case": "fail" } });
  const again = await runCli(["check", url, "--only", "secret", "--baseline", file], { cwd, env });
  expect(again.exitCode).toBe(0);
  expect(again.stdout).toContain("(in the baseline)");
  writeFileSync(file, JSON.stringify({ accepted: { "secret.case": "warn", "secret.wrong": "warn" } }));
  const worse = await runCli(["check", url, "--only", "secret", "--baseline", file], { cwd, env });
  expect(worse.exitCode).toBe(1);
  expect(worse.stderr).toContain("No longer needed in the baseline: secret.wrong.");
  writeFileSync(file, "{}");
  expect((await runCli(["check", url, "--baseline", file], { cwd, env })).stderr).toContain("is no baseline");
});

test("at level strict, warnings fail", async () => {
  const odd: Parts = { onBroken: (response) => void response.writeHead(202).end() };
  const url = await urlOf(odd);
  const standard = await runCli(["check", url, "--only", "input.malformed-json"], { cwd, env });
  expect(standard.exitCode).toBe(0);
  expect(standard.stdout).toContain("! input.malformed-json");
  const strict = await runCli(["check", url, "--only", "input.malformed-json", "--level", "strict"], { cwd, env });
  expect(strict.exitCode).toBe(1);
});

test("nobody there: exit 3, and what to do", async () => {
  const url = `http://127.0.0.1:${await freePort()}/hook`;
  const { exitCode, stderr } = await runCli(["check", url], { cwd, env });
  expect(exitCode).toBe(3);
  expect(stderr).toContain("Nobody listens");
  expect(stderr).toContain("--start");
});

test.each([
  [["check"], "no-url"],
  [["check", "ftp://x"], "invalid-url"],
  [["check", "http://127.0.0.1:1/", "--only", "secret.wrng"], "unknown-check"],
  [["check", "http://127.0.0.1:1/", "--on", "mentions"], "unknown-event"],
  [["check", "http://127.0.0.1:1/", "--report", "html"], "unknown-report"],
  [["check", "http://127.0.0.1:1/", "--baseline", "missing.json"], "unreadable-file"],
  [["check", "http://127.0.0.1:1/", "--update-baseline"], "no-baseline"],
  [["check", "http://127.0.0.1:1/", "--level", "high"], "usage"],
  [["check", "--explain", "nothing"], "unknown-check"],
])("misskey-hooks %j can't be used: %s", async (args, code) => {
  const { exitCode, stderr } = await runCli([...args, "--json"], { cwd });
  expect(exitCode).toBe(2);
  expect(JSON.parse(stderr)).toMatchObject({ error: { code } });
});

const silent: Parts = { isRight: () => true, remembers: false };

test("what can't be proved has its own mark everywhere, and the secret's counts", async () => {
  const formats = ["junit=unproved.xml", "tap=unproved.tap", "github=unproved.md"];
  const args = ["check", await urlOf(silent), "--only", "secret,delivery.redelivery", "--on", "mention"];
  const reports = formats.flatMap((value) => ["--report", value]);
  const { exitCode, stdout } = await runCli([...args, ...reports], { cwd, env });
  expect(exitCode).toBe(1);
  expect(stdout).toContain("? secret.wrong");
  expect(stdout).toContain("? delivery.redelivery");
  expect(stdout).toMatch(/\n2 not proved, 0 passed, 0 warned, 0 failed, 6 skipped\n/);
  const [junit, tap, github] = formats.map((value) => readFileSync(join(cwd, value.split("=")[1] ?? ""), "utf8"));
  expect(junit).toContain("not proved: ");
  expect(junit).toMatch(/<testcase [^>]*time="[\d.]+"/);
  expect(tap).toContain("# SKIP not proved: ");
  expect(github).toContain("❔ 2 not proved");
  const basic = await runCli([...args, "--level", "basic"], { cwd, env });
  expect(basic.exitCode).toBe(0);
  const file = join(cwd, "unproved.json");
  await runCli([...args, "--baseline", file, "--update-baseline"], { cwd, env });
  expect((await runCli([...args, "--baseline", file], { cwd, env })).exitCode).toBe(0);
});

test.each([
  ["only what needs a secret, and there is none", ["--only", "secret", "--secret", ""], 2, "nothing-tested"],
  ["only what can't be seen", ["--only", "delivery.redelivery"], 2, "nothing-tested"],
  ["only an event that the hook isn't for", ["--only", "accepts.follow"], 2, "nothing-to-check"],
  ["no time", ["--max-time", "0s"], 2, "usage"],
])("a run that tests nothing is no success: %s", async (_, args, code, error) => {
  const url = await urlOf(silent);
  const { exitCode, stderr } = await runCli(["check", url, "--on", "mention", ...args, "--json"], { cwd, env });
  expect(exitCode).toBe(code);
  expect(JSON.parse(stderr)).toMatchObject({ error: { code: error } });
});

test("a secret of which nothing was said is no success either, unless it is said that there is none", async () => {
  const args = ["check", await urlOf({ isRight: () => true }), "--only", "handler,secret", "--on", "mention"];
  const unsaid = await runCli(args, { cwd });
  expect(unsaid.exitCode).toBe(2);
  expect(unsaid.stderr).toContain("no secret was given");
  expect((await runCli([...args, "--secret", ""], { cwd })).exitCode).toBe(0);
});

test("a report that can't be written is known before anything is sent", async () => {
  let asked = 0;
  const url = await urlOf({ first: () => (asked++, false) });
  const { exitCode } = await runCli(["check", url, "--report", "junit=/proc/nowhere/report.xml"], { cwd, env });
  expect({ exitCode, asked }).toEqual({ exitCode: 5, asked: 0 });
});

test("what a refusal says is shown, without the secret, and a finding names the call that repeats it", async () => {
  const wordless: Parts = {
    parse: (body) => {
      const payload = JSON.parse(body) as { type?: unknown; body?: { note?: { text: string | null } } } | null;
      if (typeof payload?.type !== "string" || payload.body?.note?.text === null) throw new Error("no text");
      return payload;
    },
    onBroken: (response) => void response.writeHead(422).end(`no text\nfor ${secret}`),
  };
  const args = ["check", await urlOf(wordless), "--only", "tolerates.null-text,tolerates.files-only", "--on", "note"];
  const { stdout } = await runCli([...args, "--json"], { cwd, env });
  const [nullText, filesOnly] = (JSON.parse(stdout) as CheckReport).checks;
  expect(nullText?.answered).toMatchObject({ status: 422, body: "no text for ***" });
  expect(nullText?.hint).toMatch(/should answer a 2xx .* misskey-hooks send note --variant renote <url>$/);
  expect(filesOnly?.sent).toBe("note (one picture without text)");
  expect(filesOnly?.hint).toContain(
    "send note --variant files-only --unset note.files[1] --unset note.fileIds[1] <url>",
  );
});

test("an old server is played in every request", async () => {
  const types = new Set<string | undefined>();
  const parts: Parts = {
    first: ({ headers, method }) => (method === "POST" && types.add(headers["content-type"]), false),
  };
  const args = ["check", await urlOf(parts), "--as", "misskey@13.3", "--on", "mention"];
  const { exitCode } = await runCli([...args, "--skip", "tolerates.old-content-type"], { cwd, env });
  expect(exitCode).toBe(0);
  expect([...types]).toEqual(["text/plain;charset=UTF-8"]);
});

test("a JSON parser alone takes nothing from an old server", async () => {
  const jsonAlone: Parts = {
    first: ({ headers, method }, response) => {
      if (method !== "POST" || headers["content-type"] === "application/json") return false;
      response.writeHead(500).end();
      return true;
    },
  };
  const args = ["check", await urlOf(jsonAlone), "--as", "misskey@13.3", "--on", "mention", "--json"];
  const { exitCode, stdout } = await runCli(args, { cwd, env });
  const { checks } = JSON.parse(stdout) as CheckReport;
  expect(exitCode).toBe(1);
  expect(checks.filter(({ id }) => id.startsWith("accepts.")).map(({ verdict }) => verdict)).not.toContain("pass");
});

test("--explain teaches, also as data", async () => {
  const one = await runCli(["check", "--explain", "tolerates.null-text"], { cwd });
  expect(one.stdout).toContain("Every pure renote has `text: null`");
  const all = await runCli(["check", "--explain", "all", "--json"], { cwd });
  const known = JSON.parse(all.stdout) as { id: string; fix: string }[];
  expect(known.length).toBeGreaterThan(40);
  expect(known.every(({ fix }) => fix.length > 20)).toBe(true);
});

test.each(["MENTION", "mentoin"])("--on %s has a guess", async (event) => {
  const { exitCode, stderr } = await runCli(["check", "http://127.0.0.1:1/", "--on", event], { cwd, env });
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining("Did you mean mention?")]);
});

test.each(["*", "all"])("--on %s is every event of a user's hook", async (all) => {
  const args = ["check", await urlOf({ isRight: () => true }), "--only", "accepts", "--json"];
  const ids = async (...more: string[]) => {
    const { checks } = JSON.parse((await runCli([...args, ...more], { cwd, env })).stdout) as {
      checks: readonly { readonly id: string }[];
    };
    return checks.map(({ id }) => id);
  };
  expect(await ids("--on", all)).toEqual(await ids());
});
