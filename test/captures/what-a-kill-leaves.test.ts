import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { capturesNewestFirst, CaptureWriter } from "../../src/captures/index.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { keep, someCapture } from "./some-capture.js";

const program = fileURLToPath(new URL("endless-writer.ts", import.meta.url));
const args = ["--import", "tsx", program];

/** Runs it until it has said so many lines, kills it, and gives the lines. */
async function killAfter(lines: number, folder: string): Promise<string[]> {
  const child = spawn(process.execPath, [...args, folder], { stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  let said = "";
  child.stdout.on("data", (chunk: Buffer) => {
    said += chunk.toString();
    if (said.split("\n").length > lines) child.kill("SIGKILL");
  });
  await once(child, "close");
  return said.split("\n").slice(0, -1);
}

test("after kill -9 everything that was said to be kept is there, and the next run goes on", async () => {
  const folder = join(await temporaryFolder(), "store");
  const said: string[] = [];
  for (const lines of [1, 40, 400]) said.push(...(await killAfter(lines, folder)));
  const writer = new CaptureWriter(folder);
  onTestFinished(() => writer.close());
  said.push(keep(writer, someCapture('"after"')));
  const kept = new Set(Array.from(capturesNewestFirst(folder), ({ capture }) => capture.id));
  expect(said.filter((id) => !kept.has(id))).toEqual([]);
  expect(said.length).toBeGreaterThan(400);
});

describe.skipIf(process.platform === "win32")("where there is no room", () => {
  test("what isn't kept is counted and said once, and what was kept is whole", async () => {
    const folder = join(await temporaryFolder(), "store");
    // 64 blocks of 512 or 1024 bytes: the file can't grow beyond, as on a full disk.
    const child = spawn("sh", ["-c", 'ulimit -f 64; exec "$0" "$@"', process.execPath, ...args, folder], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    onTestFinished(() => void child.kill("SIGKILL"));
    let said = "";
    child.stdout.on("data", (chunk: Buffer) => (said += chunk.toString()));
    const [code] = (await once(child, "close")) as [number | null];
    expect(code).toBe(0);
    const lines = said.trimEnd().split("\n");
    expect(lines.filter((line) => line === "trouble")).toHaveLength(1);
    expect(lines.at(-1)).toMatch(/^lost [5-9]$/);
    const kept = Array.from(capturesNewestFirst(folder), ({ capture }) => capture.id);
    expect(kept.toReversed()).toEqual(lines.filter((line) => /^[\da-f]{12}$/.test(line)));
    expect(kept.length).toBeGreaterThan(5);
  });
});
