// The files in fixtures/ that the package ships. They are read when asked for, one at a time.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Next to src/ in the clone, next to dist/ in the package. */
function findFolder(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const candidate = join(folder, "fixtures");
    if (existsSync(join(candidate, "events", "manifest.json"))) return candidate;
    if (folder === dirname(folder)) throw new Error("The package is incomplete: fixtures/events is missing.");
  }
}

let folder: string | undefined;

/** The parsed content of a file, e.g. `events/manifest.json`. */
export function readFixture(path: string): unknown {
  folder ??= findFolder();
  return JSON.parse(readFileSync(join(folder, path), "utf8"));
}
