// drift: what captures are compared with, and how that is written.
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { runCli } from "../support/run-cli.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const recorded = fileURLToPath(new URL("../../fixtures/recorded/misskey@2026.3.2/", import.meta.url));
const deliveries = join(recorded, "deliveries");

async function drift(args: readonly string[], cwd?: string) {
  const { exitCode, stdout, stderr } = await runCli(["drift", deliveries, "--json", ...args], cwd ? { cwd } : {});
  const { against, drift: found = [] } = JSON.parse(stdout || "{}") as { against?: string; drift?: { key: string }[] };
  const error =
    stdout === ""
      ? (JSON.parse(stderr) as { error: { code: string; message: string; hint: string } }).error
      : undefined;
  return { exitCode, against, keys: found.map(({ key }) => key), error };
}

test("against the dialect that they speak: nothing", async () => {
  expect(await drift([])).toMatchObject({ exitCode: 0, keys: [] });
});

test.each([["misskey@13.14"], ["MISSKEY@13.14.2"]])("against a dialect by its name: %s", async (name) => {
  const { exitCode, against, keys } = await drift(["--against", name]);
  expect({ exitCode, against }).toEqual({ exitCode: 1, against: "misskey@13.11" });
  expect(keys).toContain("reactionCount");
  expect(await drift(["--as", name])).toMatchObject({ against });
});

test("a folder of captures has the name of a dialect: it is the folder", async () => {
  const cwd = await temporaryFolder();
  mkdirSync(join(cwd, "sharkey"));
  cpSync(deliveries, join(cwd, "sharkey"), { recursive: true });
  expect(await drift(["--against", "sharkey"], cwd)).toMatchObject({ exitCode: 0, against: "sharkey", keys: [] });
});

test.each([
  ["mispelt", "unknown-standard", "There is no file or folder “mispelt”. No dialect is called “mispelt”."],
  ["misskey@1.2", "unknown-standard", "not a version with webhooks"],
  ["./older", "unreadable-file", "./older"],
  ["instance", "no-schema", "which instance"],
])("--against %s: %s", async (against, code, message) => {
  const { exitCode, error } = await drift(["--against", against]);
  expect(exitCode).toBe(2);
  expect(error).toMatchObject({ code, message: expect.stringContaining(message) });
});

test.each([{}, { note: null }, { user: 5 }, null, "x"])("a delivery whose body is %j is no crash", async (body) => {
  const cwd = await temporaryFolder();
  writeFileSync(join(cwd, "odd.json"), JSON.stringify({ type: "mention", body }));
  const { exitCode } = await runCli(["drift", "odd.json"], { cwd });
  expect(exitCode).toBe(0);
});
