// A folder for the files of one test.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** The path of a new, empty folder, which is gone once the test has finished. */
export async function temporaryFolder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "misskey-hooks-"));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}
