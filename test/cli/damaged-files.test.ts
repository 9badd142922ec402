// Whatever a file holds that the program reads: it is refused with a code, or put aside, or passed over; never a crash, and
// never is a secret in it quoted. A list of all places in the sources that read or write files says which run tries each.
import { readdirSync, readFileSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { CaptureWriter, StoreFollower, writeCapture } from "../../src/captures/index.js";
import { holdFile } from "../../src/files/index.js";
import { keep, mentionBy, someCapture } from "../captures/some-capture.js";
import { recordedDelivery } from "../support/recorded-delivery.js";
import { type RunOptions, runCli } from "../support/run-cli.js";
import { temporaryFolder } from "../support/temporary-folder.js";

/** Runs that read the file `path`, which holds what is tried. */
interface Reading {
  /** A whole file, to be damaged in its values; its secrets are the canary. */
  readonly whole?: unknown;
  /** Where the file is, from the working folder. Default: `file.json`. */
  readonly path?: string;
  readonly runs: readonly (readonly string[])[];
  readonly options?: RunOptions;
  /** What has to be there besides. */
  readonly prepare?: (folder: string) => Promise<unknown>;
  /** Reads it without the program. */
  readonly also?: (folder: string) => Promise<unknown>;
}

const canary = "c4nary-of-a-s3cret";
const nowhere = "http://127.0.0.1:1";
const access = { origin: nowhere, token: { kind: "kept", text: canary } };
const borrowed = "borrowed/00000000-0000-4000-8000-000000000000.json";
const recording = recordedDelivery("misskey@2026.3.2/deliveries/mention", canary);
const segment = "store/20260101T000000000Z-00000000.1073741824.ndjson";
const rawHeaders = Object.entries(recording.headers).flat();

/** A store with one capture. */
function prepareStore(folder: string): Promise<unknown> {
  const writer = new CaptureWriter(join(folder, "store"), { secrets: [canary] });
  keep(writer, someCapture(mentionBy("bob")));
  return Promise.resolve(writer.close());
}

const readings: Readonly<Record<string, Reading>> = {
  delivery: {
    whole: { rawHeaders, bodyRaw: recording.body, body: JSON.parse(recording.body) },
    runs: [
      ["validate", "file.json"],
      ["drift", "file.json"],
      ["redact", "file.json", "--check"],
      ["redact", "file.json", "--output", "redacted.json"],
      ["captures", "import", "file.json", "--captures", "imported"],
      ["replay", "file.json", "--to", nowhere, "--secret", "x"],
    ],
  },
  "standard and schema": {
    whole: {
      openapi: "3.1.0",
      components: { schemas: { Note: { type: "object", properties: { id: { type: "string" } } } } },
    },
    prepare: (folder) => writeFile(join(folder, "delivery.json"), recording.body),
    runs: [
      ["drift", "--against", "file.json", "delivery.json"],
      ["validate", "--schema-from", "./file.json", "delivery.json"],
    ],
  },
  dialect: {
    whole: {
      family: "mine",
      extends: "misskey",
      headers: { prefix: "x-mine-" },
      envelope: ["type"],
      events: [{ name: "x" }],
    },
    runs: [
      ["validate", "--as", "./file.json", "file.json"],
      ["sandbox", "--port", "0", "--as", "./file.json", "--script", "-"],
    ],
  },
  merge: {
    whole: { body: { note: { text: "x" } } },
    runs: [["send", "mention", nowhere, "--dry-run", "--merge", "file.json"]],
  },
  secret: {
    runs: [
      ["send", "mention", nowhere, "--dry-run", "--secret-file", "file.json"],
      ["whoami", "--instance", nowhere, "--token-file", "file.json"],
      ["whoami", "--instance", nowhere, "--token-stdin", "--ca-file", "file.json"],
    ],
    options: { stdin: canary },
  },
  hooks: {
    whole: { hooks: [{ name: "a", url: nowhere, on: ["note"], secret: canary, active: true }] },
    runs: [["hooks", "import", "file.json", "--dry-run", "--instance", nowhere]],
    options: { env: { MISSKEY_HOOKS_TOKEN: canary } },
  },
  baseline: { whole: { accepted: { "answer.status": "warn" } }, runs: [["check", nowhere, "--baseline", "file.json"]] },
  script: {
    whole: { as: "alice", do: "notes/create", with: { text: "x" } },
    runs: [["sandbox", "--port", "0", "--script", "file.json"]],
  },
  state: {
    runs: [["sandbox", "--port", "0", "--state", "file.json", "--script", "-"]],
  },
  "lock of a state": {
    whole: { pid: 1, machine: "elsewhere" },
    path: "file.lock-holder",
    prepare: (folder) => mkdir(join(folder, "file.lock")),
    runs: [["sandbox", "--port", "0", "--state", "file", "--script", "-"]],
    also: async (folder) => (await holdFile(join(folder, "file")))?.release(),
  },
  project: {
    whole: {
      url: nowhere,
      events: ["note"],
      dialect: "misskey",
      routes: [{ url: nowhere, on: ["note"] }],
      captures: "x",
    },
    path: "misskey-hooks.config.json",
    runs: [["config"], ["send", "mention", "--dry-run", "--secret", "x"], ["captures", "path"]],
  },
  credentials: {
    whole: {
      version: 1,
      current: "a",
      profiles: {
        a: {
          instance: nowhere,
          username: "a",
          userId: "a",
          permissions: [],
          signedInAt: "2026-01-02T03:04:05.678Z",
          token: canary,
        },
      },
    },
    path: "credentials.json",
    runs: [["profiles", "list"], ["whoami"], ["config"]],
  },
  borrowed: {
    whole: {
      version: 1,
      id: "00000000-0000-4000-8000-000000000000",
      startedAt: "2026-01-02T03:04:05.678Z",
      pid: 2 ** 30,
      machine: "elsewhere",
      access,
      change: { kind: "created", name: "mine" },
    },
    path: borrowed,
    runs: [["send", "--list"]],
  },
  "mark of a store": {
    whole: { version: 1, key: Buffer.alloc(32).toString("base64") },
    path: "store/captures.store",
    prepare: prepareStore,
    runs: [["captures", "list", "--captures", "store"]],
  },
  segment: {
    whole: JSON.parse(
      writeCapture({ ...someCapture(mentionBy("bob")), forwards: [{ url: nowhere, status: 204, ms: 1 }] }),
    ),
    path: segment,
    prepare: prepareStore,
    runs: [
      ["captures", "list", "--captures", "store"],
      ["captures", "show", "last", "--captures", "store"],
      ["captures", "export", "-", "--captures", "store"],
      ["replay", "last", "--captures", "store", "--to", nowhere, "--secret", "x"],
      ["captures", "clear", "--older-than", "1d", "--captures", "store"],
    ],
    also: async (folder) => {
      await prepareStore(folder);
      const content = await readFile(join(folder, segment));
      await writeFile(join(folder, segment), "");
      const follower = new StoreFollower(join(folder, "store"));
      await writeFile(join(folder, segment), content);
      return follower.look();
    },
  },
  edited: {
    whole: JSON.parse(mentionBy("bob")),
    path: "edited.json",
    options: { env: { EDITOR: "cp edited.json" } },
    prepare: prepareStore,
    runs: [["replay", "last", "--captures", "store", "--to", nowhere, "--secret", "x", "--edit"]],
  },
};

/** What may lie in any file. */
const anything: Readonly<Record<string, string | Uint8Array>> = {
  nothing: "",
  "a line break": "\n",
  binary: Uint8Array.from({ length: 4096 }, (_, index) => (index * 167) % 256),
  "an empty object": "{}",
  "an empty list": "[]",
  null: "null",
  "a number": "1e999",
  "a list of nulls": "[null,null]",
  "cut JSON": `{"token":"${canary}","secret":"${canary}`,
  "a secret": `${canary}\n`,
  "a secret in what is nearly JSON": `{"a": ${canary}}`,
  "deep lists": "[".repeat(50_000) + "]".repeat(50_000),
  "deep objects": '{"body":'.repeat(20_000) + "1" + "}".repeat(20_000),
  "a body of deep objects": JSON.stringify({
    rawHeaders: [],
    bodyRaw: '{"body":'.repeat(20_000) + "1" + "}".repeat(20_000),
  }),
  "a strange key": '{"__proto__":{"x":1},"constructor":null,"toString":1}',
};

/** The value with one of its values, three levels down at most, being of another type or gone. */
function* damaged(value: unknown, levels = 3): Generator<unknown, void, void> {
  if (levels === 0 || typeof value !== "object" || value === null) return;
  for (const [key, held] of Object.entries(value)) {
    for (const wrong of [null, 7, [], {}, undefined]) yield withValue(value, key, wrong);
    for (const inner of damaged(held, levels - 1)) yield withValue(value, key, inner);
  }
}

function withValue(value: object, key: string, held: unknown): unknown {
  return Array.isArray(value) ? value.with(Number(key), held) : { ...value, [key]: held };
}

async function read(reading: Reading, content: string | Uint8Array, root: string): Promise<void> {
  const { path = "file.json", runs, options = {}, prepare, also } = reading;
  for (const args of [...runs, ...(also === undefined ? [] : ["also" as const])]) {
    await rm(root, { recursive: true, force: true });
    await mkdir(root, { mode: 0o700 });
    await prepare?.(root);
    const file = join(root, path);
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(file, content, { mode: 0o600 });
    if (args === "also") {
      await also?.(root);
      continue;
    }
    const env = { MISSKEY_HOOKS_CONFIG_DIR: root, ...options.env };
    const { exitCode, stdout, stderr } = await runCli([...args, "--json", "--debug"], { ...options, cwd: root, env });
    const what = `${args.join(" ")} with ${String(content).slice(0, 500)}\n${stderr}`;
    expect(exitCode, what).toBeOneOf([undefined, 0, 1, 2, 3, 4, 5]);
    expect(stdout + stderr, what).not.toContain(canary);
    // What was done and failed is told in the results.
    if (Number(exitCode) > 1 && stdout === "") expect(stderr, what).toMatch(/"code": ?"[a-z-]+"/);
  }
}

test.each(Object.entries(readings))(
  "whatever is in it, it is told or passed over: %s",
  async (_name, reading) => {
    const root = join(await temporaryFolder(), "root");
    for (const content of Object.values(anything)) await read(reading, content, root);
    for (const value of damaged(reading.whole)) await read(reading, `${JSON.stringify(value)}\n`, root);
  },
  120_000,
);

/** Every file of the sources that reads or writes files, with what tries it above, or why nothing has to. */
const places: Readonly<Record<string, readonly (keyof typeof readings)[] | string>> = {
  "captures/capture-writer.ts": ["segment", "mark of a store"],
  "captures/clear-store.ts": ["segment"],
  "captures/follow-store.ts": ["segment"],
  "captures/lines-backwards.ts": ["segment"],
  "captures/read-store.ts": ["segment"],
  "captures/segment.ts": ["segment"],
  "captures/store-folder.ts": ["mark of a store"],
  "commands/options/inputs.ts": ["delivery", "standard and schema", "dialect", "merge", "secret", "hooks", "baseline"],
  "commands/output/reports.ts": "only writes",
  "commands/replay/edit.ts": ["edited"],
  "commands/sandbox/script.ts": ["script"],
  "config/private-file.ts": ["credentials", "borrowed"],
  "config/project-file.ts": ["project"],
  "files/hold-file.ts": ["lock of a state"],
  "files/is-running.ts": "the system's own files",
  "files/put-aside.ts": "only gives another name",
  "files/run-identity.ts": "the system's own files",
  "files/write-file.ts": "only writes",
  "samples/fixtures.ts": "this package's own files",
  "sandbox/state/state-file.ts": ["state"],
};

/** What reads or writes contents. */
const calls =
  /^(?:read(?:File)?|write(?:File)?|appendFile|open|copyFile|cp|link|rename|create(?:Read|Write)Stream)(?:Sync)?$/;

test("every place that reads or writes files is known, and what it reads is tried", () => {
  const src = new URL("../../src/", import.meta.url).pathname;
  const found = readdirSync(src, { recursive: true, encoding: "utf8" }).filter((name) => {
    if (!name.endsWith(".ts")) return false;
    const text = readFileSync(join(src, name), "utf8");
    const imports = text.matchAll(/import (\*|type|)[^;]*?(?:\{([^}]*)\})?[^;]*? from "(?:node:)?fs(?:\/promises)?";/g);
    return [...imports].some(([, whole, names]) => {
      if (names === undefined) return whole !== "type";
      return names.split(",").some((each) => calls.test(each.trim().split(" as ")[0] ?? ""));
    });
  });
  expect(found.toSorted()).toEqual(Object.keys(places).toSorted());
  const tried = Object.values(places).flatMap((names) => (typeof names === "string" ? [] : names));
  expect(new Set(tried)).toEqual(new Set(Object.keys(readings)));
});
