// Values, not shapes, that recorded servers agree in whatever the day: what is counted when, and who sees a block.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createSandbox, type Sandbox } from "../../src/sandbox/index.js";
import { type RecordingReceiver, startRecordingReceiver } from "../support/recording-receiver.js";
import { readRecording, recordedServers } from "../support/recordings.js";
import type { Json } from "../support/sandbox-api.js";

let sandbox: Sandbox | undefined;
let receiver: RecordingReceiver;
beforeEach(async () => {
  receiver = await startRecordingReceiver();
});
afterEach(async () => {
  await sandbox?.close();
  await receiver[Symbol.asyncDispose]();
});

async function open(dialect: string): Promise<Sandbox> {
  sandbox = await createSandbox({ dialect });
  for (const name of ["alice", "bob"]) {
    await sandbox.as(name).hook(`${receiver.url}/${name}`, { secret: "s" });
  }
  return sandbox;
}

async function delivered(path: string, type: string): Promise<Json> {
  await sandbox?.settled();
  const request = receiver.requests.findLast((one) => one.path === path && one.json["type"] === type);
  return request?.json["body"];
}

// Up to 13.10 it is a race that either may win.
const steady = recordedServers().filter((name) => !/@1[23]\.1|on-node22/.test(name) || name.includes("13.14"));

describe.each(steady)("%s", (server) => {
  const recorded = (name: string): Json => readRecording(server, `deliveries/${name}.json`).body["body"];

  test("counts a reply and a renote in the note inside as recorded", async () => {
    const box = await open(server);
    const note = await box.as("alice").note("Hello");
    await box.as("bob").reply(note, "a reply by bob");
    const ours = (await delivered("/alice", "reply")).note.reply;
    expect(ours.repliesCount).toBe(recorded("reply").note.reply.repliesCount);
    await box.as("bob").renote(note);
    const renoted = (await delivered("/alice", "renote")).note.renote;
    expect(renoted.renoteCount).toBe(recorded("renote").note.renote.renoteCount);
  });
});

describe("on Misskey 2026.3.2", () => {
  test("who is unfollowed has the followers of before", async () => {
    const box = await open("misskey");
    await box.as("alice").follow("bob");
    await box.as("alice").unfollow("bob");
    const { followersCount, isFollowing } = (await delivered("/alice", "unfollow")).user;
    const { user } = readRecording("misskey@2026.3.2", "deliveries/unfollow.json").body["body"] as Json;
    expect({ followersCount, isFollowing }).toEqual({ followersCount: user.followersCount, isFollowing: false });
  });

  test("of two who followed each other, only the one who is blocked sees the block", async () => {
    const box = await open("misskey");
    await box.as("alice").follow("bob");
    await box.as("bob").follow("alice");
    await box.as("bob").block("alice");
    expect((await delivered("/bob", "unfollow")).user).toMatchObject({ isBlocking: false, isBlocked: false });
    expect((await delivered("/alice", "unfollow")).user).toMatchObject({ isBlocking: false, isBlocked: true });
  });
});

const dot = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

test.each([
  ["misskey", /^(.+)\/proxy\/avatar\.webp\?url=http%3A%2F%2F127\.0\.0\.1%3A\d+%2Ffiles%2F[\w-]+&avatar=1$/],
  ["misskeyio", /^(.+)\/proxy\/avatar\/http%3A%2F%2F127\.0\.0\.1%3A\d+%2Ffiles%2F[\w-]+\?avatar=1$/],
  ["misskey@12.119", /^(.+)\/files\/thumbnail-[\w-]+$/],
])("%s has avatars where its servers have them", async (dialect, pattern) => {
  const box = await open(dialect);
  const form = new FormData();
  form.set("i", box.as("alice").token);
  form.set("file", new Blob([Buffer.from(dot, "base64")], { type: "image/png" }), "a.png");
  const file = (await (
    await fetch(`${box.url}/api/drive/files/create`, { method: "POST", body: form })
  ).json()) as Json;
  await box.as("alice").update({ avatarId: file.id });
  await box.as("alice").note("look");
  const { avatarUrl } = (await delivered("/alice", "note")).note.user;
  expect(pattern.exec(avatarUrl)?.[1]).toBe(box.url);
});

test.each([
  ["cherrypick", { isLocked: true }],
  ["iceshrimp", { isLocked: true }],
  ["sharkey", { description: "about bob", followersCount: 0, followingCount: 0, notesCount: 2, noindex: true }],
])("%s says more of a user, as it is", async (dialect, said) => {
  const box = await open(dialect);
  await box.as("bob").update({ isLocked: true, description: "about bob", noCrawle: true });
  await box.as("bob").note("one");
  await box.as("bob").note("@alice two");
  const { user } = (await delivered("/alice", "mention")).note;
  expect(user).toMatchObject(said);
});

test("CherryPick 4.17.0 shows what the note that is replied to replies to, and its poll", async () => {
  const box = await open("cherrypick");
  const first = await box.as("alice").note("which?", { poll: { choices: ["a", "b"] } });
  const answer = await box.as("bob").reply(first, "b");
  await box.as("alice").reply(answer, "thanks");
  const { reply } = (await delivered("/bob", "reply")).note;
  expect(reply).toMatchObject({ text: "b", reply: { id: first.id, text: "which?", poll: { multiple: false } } });
});

test.each([
  ["misskey", 2],
  ["sharkey", 1],
])("on %s a renote and a quote count as %i renotes", async (dialect, count) => {
  const box = await open(dialect);
  const { id } = await box.as("alice").note("Hello");
  await box.as("bob").renote(id);
  await box.as("bob").quote(id, "a quote");
  expect(await box.as("bob").call("notes/show", { noteId: id })).toMatchObject({ renoteCount: count });
});
