import { copyFile, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { runCli } from "../support/run-cli.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const recorded = fileURLToPath(new URL("../../fixtures/recorded/misskey@2026.3.2/deliveries", import.meta.url));

test("a file comes out on standard output, redacted, in its form, and the check agrees", async () => {
  const original = join(recorded, "reply.json");
  const { stdout, exitCode } = await runCli(["redact", original, "--key", "k"]);
  expect(exitCode).toBe(0);
  expect(stdout).not.toMatch(/alice|\bbob\b|127\.0\.0\.1|a reply/);
  expect(stdout.split("\n").length).toBeGreaterThan(50);
  const file = join(await temporaryFolder(), "redacted.json");
  await writeFile(file, stdout);
  expect((await runCli(["redact", "--check", file, "--against", original])).exitCode).toBe(0);
  expect((await runCli(["validate", file, "--as", "misskey"])).exitCode).toBe(0);
  expect((await runCli(["redact", original, "--key", "k"])).stdout).toBe(stdout);
});

test("the check ends with 1 and names the places", async () => {
  const { stdout, exitCode } = await runCli(["redact", "--check", join(recorded, "reply.json"), "--json"]);
  expect(exitCode).toBe(1);
  const places = stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as { path: string; kind: string });
  expect(places).toContainEqual(expect.objectContaining({ path: "body.server", kind: "host" }));
  expect(places).toContainEqual(expect.objectContaining({ path: "headers.x-misskey-hook-secret", kind: "token" }));
});

test("a folder comes out as a folder, and files in place stay files", async () => {
  const folder = await temporaryFolder();
  const [from, to] = [join(folder, "from"), join(folder, "to")];
  await mkdir(from);
  for (const name of ["note.json", "reply.json"]) await copyFile(join(recorded, name), join(from, name));
  expect((await runCli(["redact", from])).exitCode).toBe(2);
  expect((await runCli(["redact", from, "--output", to])).exitCode).toBe(0);
  expect(await readdir(to)).toEqual(["note.json", "reply.json"]);
  expect((await runCli(["redact", from, "--in-place"])).exitCode).toBe(0);
  for (const path of [from, to]) {
    expect((await runCli(["redact", "--check", path, "--against", recorded])).exitCode).toBe(0);
    expect(await readFile(join(path, "reply.json"), "utf8")).not.toContain("alice");
  }
});

test("a folder below the working directory comes out as a folder too", async () => {
  const cwd = await temporaryFolder();
  await mkdir(join(cwd, "from/deeper"), { recursive: true });
  await copyFile(join(recorded, "note.json"), join(cwd, "from/deeper/note.json"));
  expect((await runCli(["redact", "from", "--output", "to"], { cwd })).exitCode).toBe(0);
  expect(await readdir(join(cwd, "to/deeper"))).toEqual(["note.json"]);
});

test("a store comes out as NDJSON that is imported again", async () => {
  const folder = await temporaryFolder();
  const [store, file] = [join(folder, "store"), join(folder, "shared.ndjson")];
  await runCli(["captures", "import", recorded, "--captures", store]);
  expect((await runCli(["redact", "--captures", store, "--output", file])).exitCode).toBe(0);
  expect((await runCli(["redact", "--check", file, "--against", recorded])).exitCode).toBe(0);
  expect((await runCli(["validate", file])).exitCode).toBe(0);
});

test.each([[[]], [["x.json", "--in-place", "--output", "y"]], [["nowhere.json"]]])("%j is no call", async (args) => {
  expect((await runCli(["redact", ...args])).exitCode).toBe(2);
});
