import { readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { describe, expect, test } from "vitest";
import type { CommandEntry } from "../../src/commands/command.js";
import { commandTree } from "../../src/cli/command-tree.js";
import { exitCodes } from "../../src/cli/exit-codes.js";
import { runCli } from "../support/run-cli.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
  version: string;
};

test("--version is the package's", async () => {
  expect(await runCli(["--version"])).toMatchObject({ exitCode: 0, stdout: `${version}\n`, stderr: "" });
});

test.each([[["--help"]], [[]], [["help"]]])("%j teaches the commands and the exit codes", async (args) => {
  const { exitCode, stdout } = await runCli(args);
  for (const { name, summary } of commandTree) expect(stdout.replaceAll(/\s+/g, " ")).toContain(`${name} ${summary}`);
  for (const { code, meaning } of Object.values(exitCodes))
    expect(stdout).toContain(`${String(code).padEnd(8)} ${meaning}`);
  expect(exitCode).toBe(0);
});

test.each([["-v"], ["-V"]])("%s is the version too", async (option) => {
  expect(await runCli([option])).toMatchObject({ exitCode: 0, stdout: `${version}\n` });
});

test("a group alone lists", async () => {
  expect((await runCli(["profiles"])).stdout).toBe((await runCli(["profiles", "list"])).stdout);
  expect(await runCli(["hooks", "--json"])).toEqual(await runCli(["hooks", "list", "--json"]));
  expect((await runCli(["hooks", "--help"])).stdout).toContain("Usage: misskey-hooks hooks ");
});

test("help of a command below a group is that command's", async () => {
  for (const args of [
    ["help", "hooks", "create"],
    ["hooks", "help", "create"],
  ]) {
    expect((await runCli(args)).stdout).toContain("--generate-secret");
  }
});

function pathsOf(entries: readonly CommandEntry[], before: readonly string[] = []): string[][] {
  return entries.flatMap(({ name, children }) =>
    children ? pathsOf(children, [...before, name]) : [[...before, name]],
  );
}

test.each(pathsOf(commandTree).map((path) => ({ path })))(
  "$path --help has a description, examples and the global options",
  async ({ path }) => {
    const { exitCode, stdout } = await runCli([...path, "--help"]);
    expect(stdout).toContain(`Usage: misskey-hooks ${path.join(" ")}`);
    expect(stdout).toContain("$ misskey-hooks ");
    expect(stdout).toContain("--json");
    expect(exitCode).toBe(0);
  },
);

describe("a call that can't be used", () => {
  test.each([[["bogus"]], [["validate"]], [["send", "note", "--bogus"]], [["--bogus"]]])(
    "%j says so and ends with 2",
    async (args) => {
      const { exitCode, stdout, stderr } = await runCli(args);
      expect(stderr).toMatch(/^error: .+\n {2}.+--help/);
      expect(stdout).toBe("");
      expect(exitCode).toBe(2);
    },
  );

  test.each([
    [["snd"], "misskey-hooks send"],
    [["help", "nope"], "misskey-hooks "],
    [["hooks", "help", "creat"], "misskey-hooks hooks create"],
    [["help", "hooks", "lst"], "misskey-hooks hooks list"],
    [["nope", "--help"], "misskey-hooks "],
    [["hooks", "nope", "--help"], "misskey-hooks hooks "],
    [["profiles", "usE"], "misskey-hooks profiles use"],
  ])("%j has a guess", async (args, guess) => {
    const { exitCode, stdout, stderr } = await runCli(args);
    expect(stderr).toMatch(/^error: There is no command “.+”/);
    expect(stderr).toContain(`Did you mean ${guess}`);
    expect([exitCode, stdout]).toEqual([2, ""]);
  });

  test("with --json the error is one object", async () => {
    const { stderr } = await runCli(["bogus", "--json"]);
    expect(JSON.parse(stderr)).toEqual({
      error: { code: "usage", message: expect.stringContaining("bogus"), hint: expect.any(String) },
    });
  });
});

describe("what is said to type next", () => {
  const hintWith = async (PATH: string): Promise<string> => (await runCli(["snd"], { env: { PATH } })).stderr;

  test("begins with npx where the program isn't on the PATH, or only for as long as npm runs it", async () => {
    const folder = join(await temporaryFolder(), "node_modules", ".bin");
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "misskey-hooks"), "", { mode: 0o755 });
    for (const path of ["/nowhere", folder]) {
      const hint = await hintWith(path);
      expect(hint).toContain("npx misskey-hooks send");
      expect(hint).toContain("npx misskey-hooks --help");
    }
  });

  test("doesn't where it is", async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, "misskey-hooks"), "", { mode: 0o755 });
    expect(await hintWith(["/nowhere", folder].join(delimiter))).not.toContain("npx");
  });
});
