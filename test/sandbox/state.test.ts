import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createSandbox } from "../../src/sandbox/index.js";
import { startRecordingReceiver } from "../support/recording-receiver.js";
import { callApi } from "../support/sandbox-api.js";

let folder: string;
let state: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "sandbox-state-"));
  state = join(folder, "state.json");
});
afterEach(() => rm(folder, { recursive: true }));

test("a restarted sandbox has the accounts, tokens, hooks and notes of before", async () => {
  const first = await createSandbox({ state });
  const { token } = first.as("alice");
  const hook = await first.as("alice").hook("http://127.0.0.1:1/", { secret: "s" });
  const note = await first.as("alice").note("hello");
  await first.as("bob").follow("alice");
  await first.close();
  const second = await createSandbox({ state });
  expect(second.as("alice").token).toBe(token);
  expect(await second.as("alice").call("i/webhooks/show", { webhookId: hook.id })).toMatchObject({ secret: "s" });
  expect(await second.as("alice").call("notes/show", { noteId: note.id })).toMatchObject({ text: "hello" });
  expect(await second.as("bob").call("users/show", { username: "alice" })).toMatchObject({ isFollowing: true });
  await second.close();
});

test("a file from before a kind of record existed is taken as it is", async () => {
  const first = await createSandbox({ state });
  const { token } = first.as("alice");
  await first.close();
  const stored = JSON.parse(await readFile(state, "utf8")) as { records: Record<string, unknown> };
  delete stored.records["reportRecipients"];
  await writeFile(state, JSON.stringify(stored));
  const second = await createSandbox({ state });
  expect(second.as("alice").token).toBe(token);
  await second.close();
});

test("what was answered is on disk, and only its owner may read it", async () => {
  await using receiver = await startRecordingReceiver();
  const sandbox = await createSandbox({ state });
  await sandbox.as("alice").hook(receiver.url, { on: ["note"] });
  await Promise.all(Array.from({ length: 50 }, (_, n) => sandbox.as("alice").note(`note ${n}`)));
  const stored = JSON.parse(await readFile(state, "utf8")) as { records: { notes: unknown[] } };
  expect(stored.records.notes).toHaveLength(50);
  expect((await stat(state)).mode & 0o777).toBe(0o600);
  await sandbox.close();
});

test("deliveries that weren't finished are made after the restart, with the same event", async () => {
  let status = 500;
  await using receiver = await startRecordingReceiver((_request, response) => void response.writeHead(status).end());
  const first = await createSandbox({ state });
  await first.as("alice").hook(receiver.url, { on: ["note"] });
  const attempted = new Promise((resolve) => void first.on("delivery", resolve));
  await first.as("alice").note("hello");
  await attempted;
  await first.close();
  status = 200;
  const second = await createSandbox({ state });
  const [pending] = second.queue.pending();
  expect(pending).toMatchObject({ type: "note", attempts: 1, lastStatus: 500 });
  expect(second.queue.retry(pending?.id ?? "")).toBe(true);
  await second.settled();
  expect(receiver.requests).toHaveLength(2);
  expect(receiver.requests[1]?.text).toBe(receiver.requests[0]?.text);
  await second.close();
});

test("a corrupt file is an error, and kept under another name", async () => {
  await writeFile(state, "{ half a fi");
  await expect(createSandbox({ state })).rejects.toMatchObject({ code: "corrupt-state" });
  const [aside] = await readdir(folder);
  expect(aside).toMatch(/^state\.json\.corrupt-/);
  expect(await readFile(join(folder, aside ?? ""), "utf8")).toBe("{ half a fi");
  const sandbox = await createSandbox({ state });
  await sandbox.close();
});

test("the state of another dialect is refused and left alone", async () => {
  await (await createSandbox({ state })).close();
  const before = await readFile(state, "utf8");
  await expect(createSandbox({ state, dialect: "iceshrimp" })).rejects.toMatchObject({
    code: "state-of-another-dialect",
  });
  expect(await readFile(state, "utf8")).toBe(before);
});

test("a file that can't be written is an error at once", async () => {
  await expect(createSandbox({ state: join(folder, "no", "such", "folder.json") })).rejects.toMatchObject({
    code: "state-not-writable",
  });
});

type Stored = { records: Record<string, [string, Record<string, unknown>][]>; jobs: Record<string, unknown>[] };

/** The file of a sandbox with a hook that nobody answers, a note, and its delivery pending. */
async function storedWithPending(): Promise<Stored> {
  const sandbox = await createSandbox({ state });
  await sandbox.as("alice").hook("http://127.0.0.1:1/", { on: ["note"] });
  const attempted = new Promise((resolve) => void sandbox.on("delivery", resolve));
  await sandbox.as("alice").note("hello", { visibility: "followers" });
  await attempted;
  await sandbox.close();
  return JSON.parse(await readFile(state, "utf8")) as Stored;
}

test("a start that comes to nothing loses no pending delivery", async () => {
  const { jobs } = await storedWithPending();
  expect(jobs).toHaveLength(1);
  const other = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => other.once("listening", resolve));
  const { port } = other.address() as AddressInfo;
  await expect(createSandbox({ state, port })).rejects.toMatchObject({ code: "port-in-use" });
  other.close();
  expect((JSON.parse(await readFile(state, "utf8")) as Stored).jobs).toEqual(jobs);
  expect(await readdir(folder)).toEqual(["state.json"]);
});

test("pending deliveries are in the file from the first moment of a run", async () => {
  const { jobs } = await storedWithPending();
  const sandbox = await createSandbox({ state });
  expect((JSON.parse(await readFile(state, "utf8")) as Stored).jobs).toEqual(jobs);
  await sandbox.close();
});

test("a second sandbox on the same file is refused, and the first goes on", async () => {
  const first = await createSandbox({ state });
  await expect(createSandbox({ state })).rejects.toMatchObject({ code: "state-in-use", outcome: "local" });
  const note = await first.as("alice").note("still here");
  await first.close();
  const second = await createSandbox({ state });
  expect(await second.as("alice").call("notes/show", { noteId: note.id })).toMatchObject({ text: "still here" });
  await second.close();
});

test("while the state can't be written, callers get a 500 and listeners are told once; then it goes on", async () => {
  const sandbox = await createSandbox({ state });
  const failures: Error[] = [];
  sandbox.on("failure", (error) => failures.push(error));
  const { token: i } = sandbox.as("alice");
  await rm(folder, { recursive: true });
  for (const text of ["one", "two"]) {
    const { status, json } = await callApi(sandbox, "notes/create", { i, text });
    expect([status, json.error.code]).toEqual([500, "INTERNAL_ERROR"]);
  }
  expect(failures).toHaveLength(1);
  expect(failures[0]).toMatchObject({ code: "state-not-writable" });
  await mkdir(folder);
  expect((await callApi(sandbox, "notes/create", { i, text: "three" })).status).toBe(200);
  await sandbox.close();
  expect((JSON.parse(await readFile(state, "utf8")) as Stored).records["notes"]).toHaveLength(3);
});

const damages: Readonly<Record<string, (stored: Stored) => unknown>> = {
  "a delivery that is null": (stored) => ({ ...stored, jobs: [null] }),
  "a delivery without URL": ({ jobs, ...rest }) => ({ ...rest, jobs: jobs.map(({ url: _url, ...job }) => job) }),
  "deliveries that are no list": (stored) => ({ ...stored, jobs: {} }),
  "a user that is null": (stored) => ({ ...stored, records: { ...stored.records, users: [["x", null]] } }),
  "a list of users that is null": (stored) => ({ ...stored, records: { ...stored.records, users: null } }),
  "no records": ({ records: _records, ...rest }) => rest,
  "a note of nobody": (stored) => ({ ...stored, records: { ...stored.records, users: [] } }),
  "a hook whose events are a text": (stored) => {
    stored.records["hooks"]?.forEach(([, hook]) => (hook["on"] = "note"));
    return stored;
  },
  "a list instead of the whole": (stored) => [stored],
  nothing: () => null,
};

test.each(Object.entries(damages))("%s: damaged, said, and put aside", async (_name, damage) => {
  const text = JSON.stringify(damage(await storedWithPending()));
  await writeFile(state, text);
  await expect(createSandbox({ state })).rejects.toMatchObject({ code: "corrupt-state", outcome: "local" });
  const [aside, ...others] = await readdir(folder);
  expect(others).toEqual([]);
  expect(await readFile(join(folder, aside ?? ""), "utf8")).toBe(text);
});
