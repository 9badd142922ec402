// The recordings of real servers that the repository keeps.
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type HeaderPair, headerPairs } from "../../src/protocol/index.js";

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

const deliveryKinds = ["deliveries", "test-deliveries", "system-deliveries"] as const;

/** One recorded delivery with what its file's place says. */
export interface RecordedDelivery extends Recording {
  readonly kind: (typeof deliveryKinds)[number];
  /** The file without `.json`, which names the action. */
  readonly name: string;
  readonly headers: readonly HeaderPair[];
}

/** The recorded deliveries of one server: real, test and system ones. A fresh copy at each call. */
export function recordingsOf(server: string): RecordedDelivery[] {
  return deliveryKinds.flatMap((kind) =>
    recordingNames(server, kind).map((name) => {
      const recording = readRecording(server, `${kind}/${name}.json`);
      return { ...recording, kind, name, headers: headerPairs(recording.rawHeaders) };
    }),
  );
}
