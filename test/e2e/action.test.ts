// The GitHub Action's steps, run as the runner runs them: its YAML read, its expressions filled in, its script in bash.
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { XMLValidator } from "fast-xml-parser";
import { execa } from "execa";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { type Parts, secret, startHandler } from "../conformance/handlers/handler.js";

const root = fileURLToPath(new URL("../../", import.meta.url));

interface Action {
  readonly inputs: Readonly<Record<string, { default?: string; required: boolean; description: string }>>;
  readonly runs: {
    readonly using: string;
    readonly steps: readonly { readonly shell: string; readonly run: string; readonly env: Record<string, string> }[];
  };
}

const action = parse(readFileSync(join(root, "action.yml"), "utf8")) as Action;
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "action-"));
  // The package as it would be fetched: npx runs this clone's program, and keeps what it was called with.
  const npx = [
    "#!/bin/sh",
    `printf '%s\\n' "$@" > "$ARGUMENTS"`,
    "shift 2",
    `exec "${process.execPath}" "${root}bin/misskey-hooks.js" "$@"`,
  ].join("\n");
  mkdirSync(join(folder, "bin"));
  writeFileSync(join(folder, "bin/npx"), `${npx}\n`);
  chmodSync(join(folder, "bin/npx"), 0o755);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the one step, with the inputs filled in. */
async function runAction(inputs: Readonly<Record<string, string>>) {
  const [step] = action.runs.steps;
  if (!step) throw new Error("no step");
  const valueOf = (name: string): string => inputs[name] ?? action.inputs[name]?.default ?? "";
  const env = Object.fromEntries(
    Object.entries(step.env).map(([name, value]) => [
      name,
      value.replace(/\$\{\{ inputs\.([\w-]+) \}\}/g, (_, input: string) => valueOf(input)),
    ]),
  );
  const script = join(folder, "step.sh");
  writeFileSync(script, step.run);
  const summary = join(folder, "summary.md");
  writeFileSync(summary, "");
  const args = ["--noprofile", "--norc", "-eo", "pipefail", script];
  const { exitCode, stdout } = await execa("bash", args, {
    reject: false,
    cwd: folder,
    env: {
      ...env,
      PATH: `${join(folder, "bin")}:${process.env["PATH"]}`,
      ARGUMENTS: join(folder, "arguments"),
      GITHUB_STEP_SUMMARY: summary,
    },
  });
  return {
    exitCode,
    stdout,
    summary: readFileSync(summary, "utf8"),
    called: readFileSync(join(folder, "arguments"), "utf8"),
  };
}

async function withHandler<Result>(parts: Parts, work: (url: string) => Promise<Result>): Promise<Result> {
  const handler = await startHandler(parts);
  try {
    return await work(handler.url.href);
  } finally {
    await handler.close();
  }
}

test("every expression names an input, and every input is used", () => {
  const [step] = action.runs.steps;
  const used = Object.values(step?.env ?? {}).flatMap((value) => /inputs\.([\w-]+)/.exec(value)?.[1] ?? []);
  expect([...used, "working-directory"].toSorted()).toEqual(Object.keys(action.inputs).toSorted());
  expect(step?.run).not.toContain("${{");
  expect(action.runs.using).toBe("composite");
  execFileSync("bash", ["-n"], { input: step?.run ?? "" });
});

test("a good handler: exit 0, a summary, no secret on a command line", async () => {
  const { exitCode, summary, called } = await withHandler({}, (url) =>
    runAction({ url, secret, on: "note,mention", junit: "report.xml" }),
  );
  expect(exitCode).toBe(0);
  expect(summary).toContain("misskey-hooks check http");
  expect(called).not.toContain(secret);
  expect(called.split("\n").slice(0, 3)).toEqual(["--yes", "misskey-hooks@latest", "check"]);
  expect(XMLValidator.validate(readFileSync(join(folder, "report.xml"), "utf8"))).toBe(true);
});

test("a faulty one: exit 1, and an annotation", async () => {
  const caseless: Parts = { isRight: (given) => given?.toLowerCase() === secret.toLowerCase() };
  const { exitCode, stdout, summary } = await withHandler(caseless, (url) => runAction({ url, secret, on: "mention" }));
  expect(exitCode).toBe(1);
  expect(stdout).toContain("::error title=secret.case::");
  expect(summary).toContain("| ❌ | secret.case |");
  expect(stdout + summary).not.toContain(secret);
});

test("inputs are never read as shell code", async () => {
  const { exitCode, called } = await runAction({
    url: "http://127.0.0.1:1/$(touch pwned)",
    on: "note; touch pwned",
    secret: "`touch pwned`",
  });
  expect(exitCode).toBe(2);
  expect(called).toContain("note; touch pwned");
  expect(() => readFileSync(join(folder, "pwned"))).toThrow("ENOENT");
});

test("the example workflow uses inputs that there are", () => {
  const workflow = parse(readFileSync(join(root, "examples/check-handler.yml"), "utf8")) as {
    jobs: { check: { steps: { uses?: string; with?: Record<string, string> }[] } };
  };
  const own = workflow.jobs.check.steps.find(({ uses }) => uses?.includes("/misskey-hooks@") === true);
  expect(Object.keys(own?.with ?? {})).toEqual(["url", "secret", "on", "start"]);
  for (const name of Object.keys(own?.with ?? {})) expect(action.inputs).toHaveProperty(name);
});
