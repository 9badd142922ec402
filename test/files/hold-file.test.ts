// One run at a time: a second is refused, and a run that was killed is in nobody's way.
import { once } from "node:events";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { expect, onTestFinished, test } from "vitest";
import { holdFile } from "../../src/files/index.js";
import { temporaryFolder } from "../support/temporary-folder.js";

test("a second hold is refused until the first is given back, which leaves nothing behind", async () => {
  const folder = await temporaryFolder();
  const path = join(folder, "state.json");
  const first = await holdFile(path);
  expect(first).toBeDefined();
  expect(await holdFile(path)).toBeUndefined();
  await first?.release();
  expect(await readdir(folder)).toEqual([]);
  const second = await holdFile(path);
  expect(second).toBeDefined();
  await second?.release();
});

test("another process's hold is respected while it lives, and taken over at once when it was killed", async () => {
  const path = join(await temporaryFolder(), "state.json");
  const files = fileURLToPath(new URL("../../src/files/index.ts", import.meta.url));
  const code = `const { holdFile } = await import(${JSON.stringify(files)});
    await holdFile(${JSON.stringify(path)}); console.log("held"); setInterval(() => {}, 1000);`;
  const other = execa("node", ["--import", "tsx", "--input-type=module", "--eval", code], { reject: false });
  onTestFinished(() => void other.kill("SIGKILL"));
  await once(other.stdout, "data");
  expect(await holdFile(path)).toBeUndefined();
  other.kill("SIGKILL");
  await other;
  const ours = await holdFile(path);
  expect(ours).toBeDefined();
  await ours?.release();
});
