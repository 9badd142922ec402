import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { recordedServers } from "../support/recordings.js";
import { runCli } from "../support/run-cli.js";

const recorded = fileURLToPath(new URL("../../fixtures/recorded/", import.meta.url));
let cwd: string;
const mention = (): Record<string, unknown> =>
  JSON.parse(readFileSync(join(recorded, "misskey@2026.3.2/deliveries/mention.json"), "utf8"));

beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), "validate-"));
  cpSync(join(recorded, "misskey@2026.3.2/deliveries/mention.json"), join(cwd, "mention.json"));
});
afterAll(() => rmSync(cwd, { recursive: true }));

test("a recording conforms, and its dialect is named", async () => {
  const { exitCode, stdout } = await runCli(["validate", "mention.json"], { cwd });
  expect(stdout).toBe("✓ mention.json  mention · misskey@2025.4\n1 delivery checked: all conform\n");
  expect(exitCode).toBe(0);
});

test.each(recordedServers())("all of %s conforms, with and without --as", async (server) => {
  const folders = ["deliveries", "test-deliveries", "system-deliveries"].map((kind) => join(recorded, server, kind));
  const existing = folders.filter((folder) => recordingsIn(folder));
  for (const as of [[], ["--as", server]]) {
    const { exitCode, stdout } = await runCli(["validate", ...existing, ...as, "--json", "--strict"], { cwd });
    const report = JSON.parse(stdout) as { ok: boolean; checked: number; results: { ok: boolean }[] };
    expect(report.results.filter(({ ok }) => !ok)).toEqual([]);
    expect(report.checked).toBeGreaterThan(20);
    expect(exitCode).toBe(0);
  }
});

function recordingsIn(folder: string): boolean {
  try {
    readFileSync(folder);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EISDIR";
  }
  return false;
}

describe("a payload that falls short", () => {
  const broken = (): string => {
    const recording = mention();
    const { body } = recording as { body: { body: { note: Record<string, unknown> } } };
    body.body.note["text"] = 5;
    delete body.body.note["user"];
    return JSON.stringify({ rawHeaders: recording["rawHeaders"], body });
  };

  test("--json has each finding's code, path, expected and received", async () => {
    const { exitCode, stdout } = await runCli(["validate", "-", "--json"], { cwd, stdin: broken() });
    const report = JSON.parse(stdout) as {
      ok: boolean;
      results: { source: string; event: string; findings: object[] }[];
    };
    expect(report.ok).toBe(false);
    expect(report.results[0]).toMatchObject({
      source: "-",
      event: "mention",
      findings: [
        { code: "missing-key", path: "body.note.user", expected: "object", received: "absent", severity: "error" },
        { code: "wrong-type", path: "body.note.text", expected: "string|null", received: "number", severity: "error" },
      ],
    });
    expect(exitCode).toBe(1);
  });

  test("a person reads what is wrong, and where", async () => {
    const { stdout } = await runCli(["validate", "-"], { cwd, stdin: broken() });
    expect(stdout).toContain("body.note.text: expected string|null, received number [wrong-type]");
    expect(stdout).toContain("1 delivery checked: 1 falls short");
  });

  test("a secret is never shown", async () => {
    const { stdout } = await runCli(["validate", "-", "--json"], { cwd, stdin: broken() });
    expect(stdout).not.toContain("alice-secret");
  });

  test("hostile text doesn't reach the terminal", async () => {
    const stdin = JSON.stringify({ ...(mention()["body"] as object), type: "\u001b[2J\u202Eevil" });
    const { stdout } = await runCli(["validate", "-"], { cwd, stdin });
    expect(stdout).toContain("evil");
    expect(stdout).not.toMatch(/[\u001B\u202E]/);
  });
});

test("a warning counts with --strict alone", async () => {
  const stdin = JSON.stringify({ ...(mention()["body"] as object), type: "brandNew", body: {} });
  expect((await runCli(["validate", "-"], { cwd, stdin })).exitCode).toBe(0);
  expect((await runCli(["validate", "-", "--strict"], { cwd, stdin })).exitCode).toBe(1);
});

test("a fork of one's own is a file", async () => {
  const fork = { family: "my-fork", payload: { set: { Note: { flavour: "string" } } } };
  writeFileSync(join(cwd, "my-fork.json"), JSON.stringify(fork));
  const { exitCode, stdout } = await runCli(["validate", "mention.json", "--as", "./my-fork.json"], { cwd });
  expect(stdout).toContain("body.note.flavour is missing: expected string");
  expect(exitCode).toBe(1);
});

test("Ocean is known by its documentation, and says so", async () => {
  const { stdout, exitCode } = await runCli(["validate", "-", "--as", "ocean"], {
    cwd,
    stdin: JSON.stringify(mention()["body"]),
  });
  expect(stdout).toContain("Not verified against a recording: Ocean's public documentation");
  expect(exitCode).toBe(0);
});

describe("reports name files from where the command runs", () => {
  const formats = ["json", "junit", "github", "tap"] as const;

  test.each([
    ["a relative path stays as it was typed", () => ["./found/mention.json"], "./found/mention.json"],
    ["so do the files in a folder", () => ["found"], "found/mention.json"],
    ["an absolute path below becomes relative", () => [join(cwd, "found/mention.json")], "found/mention.json"],
    ["so does an absolute folder", () => [join(cwd, "found")], "found/mention.json"],
  ])("%s", async (_, paths, expected) => {
    mkdirSync(join(cwd, "found"), { recursive: true });
    const falling = JSON.stringify({ ...(mention()["body"] as object), createdAt: "today" });
    writeFileSync(join(cwd, "found/mention.json"), falling);
    const files = formats.flatMap((format) => ["--report", `${format}=${format}.txt`]);
    const { stdout } = await runCli(["validate", ...paths(), ...files], { cwd, env: {} });
    const { stdout: annotations } = await runCli(["validate", ...paths(), "--report", "github"], { cwd, env: {} });
    const [json, junit, summary, tap] = formats.map((format) => readFileSync(join(cwd, `${format}.txt`), "utf8"));
    expect(JSON.parse(json ?? "")).toMatchObject({ results: [{ source: expected }] });
    expect(junit).toContain(`file="${expected}"`);
    expect(annotations).toContain(`::error file=${expected},`);
    expect(tap).toContain(`not ok 1 - ${expected}`);
    for (const text of [stdout, json, junit, summary, annotations, tap]) expect(text).not.toContain(cwd);
  });

  test("what is elsewhere keeps the path that it was typed with", async () => {
    mkdirSync(join(cwd, "..hidden"), { recursive: true });
    const sourcesOf = async (path: string, from: string): Promise<string[]> => {
      const { stdout } = await runCli(["validate", path, "--json"], { cwd: from });
      return (JSON.parse(stdout) as { results: { source: string }[] }).results.map(({ source }) => source);
    };
    const elsewhere = join(recorded, "misskey@2026.3.2/deliveries");
    expect(await sourcesOf(join(elsewhere, "mention.json"), cwd)).toEqual([join(elsewhere, "mention.json")]);
    expect(await sourcesOf(elsewhere, cwd)).toContain(join(elsewhere, "mention.json"));
    expect(await sourcesOf("../mention.json", join(cwd, "..hidden"))).toEqual(["../mention.json"]);
    expect(await sourcesOf("../deliveries", elsewhere)).toContain("mention.json");
  });

  test("a folder whose name begins with dots is below", async () => {
    mkdirSync(join(cwd, "..hidden"), { recursive: true });
    const file = join(cwd, "..hidden/payload.json");
    writeFileSync(file, JSON.stringify(mention()["body"]));
    const { stdout } = await runCli(["validate", file, "--json"], { cwd });
    expect(JSON.parse(stdout)).toMatchObject({ results: [{ source: "..hidden/payload.json" }] });
  });
});

describe("a call that can't be used", () => {
  test.each([
    [["validate"], "usage"],
    [["validate", "missing.json"], "unreadable-file"],
    [["validate", "mention.json", "--as", "mastodon"], "unknown-dialect"],
    [["validate", "mention.json", "--as", "./missing.json"], "unreadable-file"],
  ])("%j ends with %s", async (args, code) => {
    const { exitCode, stdout, stderr } = await runCli([...args, "--json"], { cwd });
    expect(JSON.parse(stderr)).toMatchObject({ error: { code } });
    expect(stdout).toBe("");
    expect(exitCode).toBe(2);
  });

  test("a folder without deliveries is one too", async () => {
    const empty = mkdtempSync(join(cwd, "empty-"));
    const { exitCode, stderr } = await runCli(["validate", empty], { cwd });
    expect(stderr).toContain("There is no .json, .ndjson or .jsonl file in");
    expect(exitCode).toBe(2);
  });
});
