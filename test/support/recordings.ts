// The recordings of real servers that the repository keeps.
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const folder = new URL("../../fixtures/recorded/", import.meta.url);

export interface Recording {
  readonly rawHeaders: readonly string[];
  readonly body: Record<string, unknown>;
}

/** The servers, as `software@version`. */
export function recordedServers(): string[] {
  return readdirSync(folder).filter((name) => name.includes("@"));
}

/** The names in a folder of a server (`deliveries`, `test-deliveries` …) without `.json`; none when it has no such folder. */
export function recordingNames(server: string, kind: string): string[] {
  try {
    return readdirSync(fileURLToPath(new URL(`${server}/${kind}/`, folder))).map((name) => name.replace(/\.json$/, ""));
  } catch {
    return [];
  }
}

export function readRecording(server: string, path: string): Recording {
  return JSON.parse(readFileSync(new URL(`${server}/${path}`, folder), "utf8")) as Recording;
}
