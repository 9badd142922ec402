import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createSandbox } from "../../src/sandbox/index.js";
import { startRecordingReceiver } from "../support/recording-receiver.js";

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
