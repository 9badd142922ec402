// A secret's file that is given in another file's place: whatever the command says of it, it doesn't quote it.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runCli } from "../support/run-cli.js";

const canary = "c4nary-of-a-s3cret";
let cwd: string;

beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), "misskey-hooks-secret-"));
  await writeFile(join(cwd, "secret.txt"), `${canary}\n`);
  await writeFile(join(cwd, "secret.json"), `${canary}\n`);
  await writeFile(join(cwd, "half.json"), `{"a": ${canary}}\n`);
  await writeFile(join(cwd, "delivery.json"), '{"type":"mention","body":{}}');
});
afterAll(() => rm(cwd, { recursive: true }));

const commands: readonly (readonly string[])[] = [
  ["validate", "secret.txt"],
  ["validate", "half.json"],
  ["validate", "--as", "./secret.json", "delivery.json"],
  ["validate", "--schema-from", "./secret.json", "delivery.json"],
  ["drift", "secret.txt"],
  ["drift", "--against", "secret.txt", "delivery.json"],
  ["send", "mention", "http://127.0.0.1:1/", "--dry-run", "--merge", "half.json"],
  ["sandbox", "--port", "0", "--script", "secret.txt"],
  ["sandbox", "--port", "0", "--script", "half.json"],
  ["sandbox", "--port", "0", "--as", "./half.json"],
  ["hooks", "import", "secret.txt", "--instance", "http://127.0.0.1:1", "--token", "x"],
  ["check", "http://127.0.0.1:1/", "--baseline", "half.json"],
];

test.each(commands.flatMap((args) => [args, [...args, "--debug"], [...args, "--json", "--debug"]]))(
  "%s %s %s %s %s %s %s %s",
  async (...args) => {
    const { stdout, stderr, exitCode } = await runCli(args, { cwd });
    expect(exitCode).not.toBe(70);
    expect(exitCode).not.toBe(0);
    expect(`${stdout}${stderr}`).not.toContain(canary);
    expect(`${stdout}${stderr}`).not.toContain(canary.slice(0, 8));
  },
);
