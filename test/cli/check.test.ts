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
  expect(report.counts).toEqual({ pass: 7, warn: 0, fail: 1, skip: 0 });
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

test("--explain teaches, also as data", async () => {
  const one = await runCli(["check", "--explain", "tolerates.null-text"], { cwd });
  expect(one.stdout).toContain("Every pure renote has `text: null`");
  const all = await runCli(["check", "--explain", "all", "--json"], { cwd });
  const known = JSON.parse(all.stdout) as { id: string; fix: string }[];
  expect(known.length).toBeGreaterThan(40);
  expect(known.every(({ fix }) => fix.length > 20)).toBe(true);
});
