import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { CommandEntry } from "../../src/commands/command.js";
import { commandTree } from "../../src/cli/command-tree.js";
import { exitCodes } from "../../src/cli/exit-codes.js";
import { runCli } from "../support/run-cli.js";

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
  test.each([[["bogus"]], [["hooks"]], [["validate"]], [["send", "note", "--bogus"]], [["--bogus"]]])(
    "%j says so and ends with 2",
    async (args) => {
      const { exitCode, stdout, stderr } = await runCli(args);
      expect(stderr).toMatch(/^error: .+\n {2}.+--help/);
      expect(stdout).toBe("");
      expect(exitCode).toBe(2);
    },
  );

  test("with --json the error is one object", async () => {
    const { stderr } = await runCli(["bogus", "--json"]);
    expect(JSON.parse(stderr)).toEqual({
      error: { code: "usage", message: expect.stringContaining("bogus"), hint: expect.any(String) },
    });
  });
});
