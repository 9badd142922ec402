// Which files under a folder hold deliveries.
import { readdir } from "node:fs/promises";
import { join } from "node:path";

const captureFile = /\.(json|ndjson|jsonl)$/i;

/** All `.json`, `.ndjson` and `.jsonl` files under a folder, sorted by path. Links are not followed. */
export async function findCaptureFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && captureFile.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}
