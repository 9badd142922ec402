// What servers of other families and versions do where Misskey at present does otherwise, as running ones did.
import { afterEach, expect, test } from "vitest";
import { createSandbox, type Sandbox } from "../../src/sandbox/index.js";
import { startRecordingReceiver } from "../support/recording-receiver.js";
import { callApi, type Json } from "../support/sandbox-api.js";

let sandbox: Sandbox | undefined;
afterEach(async () => {
  await sandbox?.close();
  sandbox = undefined;
});

async function open(dialect: string): Promise<Sandbox> {
  sandbox = await createSandbox({ dialect, timeScale: 100_000 });
  return sandbox;
}

/** What alice's hook for mentions gets of what is done. */
async function mentionsOf(box: Sandbox, act: () => Promise<unknown>): Promise<Json[]> {
  await using receiver = await startRecordingReceiver();
  await box.as("alice").hook(receiver.url, { secret: "s", on: ["mention"] });
  await act();
  await box.settled();
  return receiver.requests.map(({ text }) => JSON.parse(text).body.note);
}

const codeOf = async (box: Sandbox, username: string, name: string, params: object): Promise<unknown[]> => {
  const { status, json } = await callApi(box, name, { i: box.as(username).token, ...params });
  return [status, json?.error?.code];
};

test.each([
  ["sharkey", 0],
  ["sharkey@2024.9", 0],
  ["misskey", 2],
])("%s: whom alice blocks reaches her with %i mentions", async (dialect, count) => {
  const box = await open(dialect);
  await box.as("alice").block("bob");
  const mentions = await mentionsOf(box, async () => {
    await box.as("bob").note("hi @alice");
    await box.as("bob").direct(["alice"], "psst");
  });
  expect(mentions).toHaveLength(count);
});

test("a mention in a direct note for others: none on Sharkey 2025.4, one without its text on Misskey", async () => {
  const act = (box: Sandbox) => () => box.as("bob").direct(["admin"], "about @alice");
  expect(await mentionsOf(await open("sharkey"), act(sandbox as Sandbox))).toEqual([]);
  await sandbox?.close();
  const [note, ...others] = await mentionsOf(await open("misskey"), act(sandbox as Sandbox));
  expect(others).toEqual([]);
  expect(note).toMatchObject({ text: null, cw: null, isHidden: true });
  expect(note).not.toHaveProperty("visibleUserIds");
});

test.each([
  ["sharkey", true],
  ["sharkey@2024.9", true],
  ["misskey", false],
])("%s: a nested reply shows its poll: %s", async (dialect, shows) => {
  const box = await open(dialect);
  const asked = await box.as("alice").note("which?", { poll: { choices: ["a", "b"] } });
  const [note] = await mentionsOf(box, () => box.as("bob").reply(asked, "a"));
  expect("poll" in note.reply).toBe(shows);
});

test("Sharkey: too long a text, an empty warning, the same reaction again, a reply to a blocker, an idle update", async () => {
  const box = await open("sharkey");
  const [alice, bob] = [box.as("alice"), box.as("bob")];
  const long = await callApi(box, "notes/create", { i: bob.token, text: "x".repeat(3001) });
  expect([long.status, long.json.error.code, long.json.error.info]).toEqual([400, "MAX_LENGTH", undefined]);
  const { json } = await callApi(box, "notes/create", { i: bob.token, text: "hi", cw: "" });
  expect(json.createdNote.cw).toBeNull();
  const note = await alice.note("one");
  await bob.react(note, "👍");
  expect(await codeOf(box, "bob", "notes/reactions/create", { noteId: note.id, reaction: "👍" })).toEqual([
    204,
    undefined,
  ]);
  await alice.block("bob");
  const replied = await codeOf(box, "bob", "notes/create", { text: "hi", replyId: note.id });
  expect(replied).toEqual([400, "CANNOT_REPLY_TO_AN_INVISIBLE_NOTE"]);
  const updatedAt = async (params: Record<string, unknown>) =>
    ((await alice.call("i/update", params)) as Json).updatedAt;
  const before = await updatedAt({});
  expect(await updatedAt({ isCat: false })).toBe(before);
});

test.each(["misskey@12.119", "misskey@13.10", "misskey@13.14"])(
  "%s fails on a renote of somebody's followers-only note",
  async (dialect) => {
    const box = await open(dialect);
    const note = await box.as("alice").note("for followers", { visibility: "followers" });
    expect(await codeOf(box, "bob", "notes/create", { renoteId: note.id })).toEqual([500, "INTERNAL_ERROR"]);
  },
);

test.each([
  ["misskey@12.119", {}],
  ["misskey@13.14", { message: "Renote target is not public or home", code: "Error", id: expect.any(String) }],
])("%s says %j of that failure", async (dialect, e) => {
  const box = await open(dialect);
  const note = await box.as("alice").note("for followers", { visibility: "followers" });
  const { json } = await callApi(box, "notes/create", { i: box.as("bob").token, renoteId: note.id });
  expect(json.error).toMatchObject({ kind: "server", id: "5d37dbcb-891e-41ca-a3d6-e690c97775ac", info: { e } });
  expect(Object.keys(json.error.info.e)).toEqual(Object.keys(e));
});

test("Iceshrimp: what can't be seen isn't there to be renoted or replied to; what can be seen and isn't public fails", async () => {
  const box = await open("iceshrimp");
  const [alice, bob] = [box.as("alice"), box.as("bob")];
  const note = await alice.note("for followers", { visibility: "followers" });
  const act = (params: object) => codeOf(box, "bob", "notes/create", params);
  expect(await act({ renoteId: note.id })).toEqual([400, "NO_SUCH_RENOTE_TARGET"]);
  expect(await act({ replyId: note.id, text: "hi" })).toEqual([400, "NO_SUCH_REPLY_TARGET"]);
  await bob.follow("alice");
  expect(await act({ renoteId: note.id })).toEqual([500, "INTERNAL_ERROR"]);
  expect(await act({ replyId: note.id, text: "hi" })).toEqual([200, undefined]);
});

test("Iceshrimp: each recipient of a direct note has a mention of it, and nobody else whom it names", async () => {
  const box = await open("iceshrimp");
  const [one] = await mentionsOf(box, () => box.as("bob").direct(["alice", "admin"], "psst"));
  expect(one?.["visibleUserIds"]).toEqual([box.as("alice").id, box.as("admin").id]);
  expect(await mentionsOf(box, () => box.as("bob").direct(["admin"], "about @alice"))).toEqual([]);
});

test.each([
  ["iceshrimp", "👍", true],
  ["misskey", undefined, undefined],
])(
  "%s: a nested reply says that its reader reacted with %s, and renoted it: %s",
  async (dialect, reaction, renoted) => {
    const box = await open(dialect);
    const [alice, bob] = [box.as("alice"), box.as("bob")];
    const note = await bob.note("one");
    await alice.react(note, "👍");
    await alice.quote(note, "look");
    const [mention] = await mentionsOf(box, () => bob.reply(note, "to myself @alice"));
    expect([mention.reply.myReaction, mention.reply.isRenoted]).toEqual([reaction, renoted]);
  },
);

test.each([
  ["iceshrimp", true],
  ["misskey", undefined],
])("%s: the owner's quote of a note says that they have renoted it: %s", async (dialect, renoted) => {
  const box = await open(dialect);
  await using receiver = await startRecordingReceiver();
  await box.as("alice").hook(receiver.url, { secret: "s", on: ["note"] });
  await box.as("alice").quote(await box.as("bob").note("one"), "look");
  await box.settled();
  const { note } = JSON.parse(receiver.requests[0]?.text ?? "").body;
  expect(note.renote.isRenoted).toBe(renoted);
});

test.each([
  ["application/json", "", 400, "FST_ERR_CTP_EMPTY_JSON_BODY"],
  ["application/x-www-form-urlencoded", "a=b", 415, "FST_ERR_CTP_INVALID_MEDIA_TYPE"],
  ["application/json", "{b", 400, undefined],
])("Sharkey: a body of %s “%s” is answered with %i and the code %s", async (type, body, status, code) => {
  const box = await open("sharkey");
  const answer = await fetch(`${box.url}/api/i`, { method: "POST", headers: { "content-type": type }, body });
  expect(answer.status).toBe(status);
  expect(((await answer.json()) as Json)["code"]).toBe(code);
});

test.each(["misskey@2023.12", "misskey", "sharkey"])("%s refuses it", async (dialect) => {
  const box = await open(dialect);
  const note = await box.as("alice").note("for followers", { visibility: "followers" });
  expect(await codeOf(box, "bob", "notes/create", { renoteId: note.id })).toEqual([
    400,
    "CANNOT_RENOTE_DUE_TO_VISIBILITY",
  ]);
});

test("the keys of reactions come in the order of the store: shorter in bytes first, whichever was first", async () => {
  const box = await open("misskey");
  const note = await box.as("alice").note("one");
  await box.as("bob").react(note, "👍");
  await box.as("admin").react(note, "❤");
  const { reactions } = (await box.as("alice").call("notes/show", { noteId: note.id })) as Json;
  expect(Object.keys(reactions)).toEqual(["❤", "👍"]);
});

test("pinned notes are in the account, the latest first, and in what a follow delivers", async () => {
  const box = await open("misskey");
  const alice = box.as("alice");
  const notes = [];
  for (const text of ["one", "two", "three", "four", "five", "six"]) notes.push(await alice.note(text));
  const [one, two] = notes;
  await alice.call("i/pin", { noteId: one?.id });
  expect(await alice.call("i/pin", { noteId: two?.id })).toMatchObject({
    pinnedNoteIds: [two?.id, one?.id],
    pinnedNotes: [{ text: "two" }, { text: "one" }],
  });
  expect(await codeOf(box, "alice", "i/pin", { noteId: one?.id })).toEqual([400, "ALREADY_PINNED"]);
  expect(await codeOf(box, "bob", "i/pin", { noteId: one?.id })).toEqual([400, "NO_SUCH_NOTE"]);
  for (const { id } of notes.slice(2, 5)) await alice.call("i/pin", { noteId: id });
  expect(await codeOf(box, "alice", "i/pin", { noteId: notes[5]?.id })).toEqual([400, "PIN_LIMIT_EXCEEDED"]);
  await alice.call("i/unpin", { noteId: two?.id });
  await using receiver = await startRecordingReceiver();
  await box.as("bob").hook(receiver.url, { secret: "s", on: ["follow"] });
  await box.as("bob").follow("alice");
  await box.settled();
  const [request] = receiver.requests;
  expect(JSON.parse(request?.text ?? "").body.user.pinnedNotes.map((note: Json) => note.text)).toEqual([
    "five",
    "four",
    "three",
    "one",
  ]);
});

test("an inactive hook gets nothing, a reactivated one does again", async () => {
  const box = await open("misskey");
  await using receiver = await startRecordingReceiver();
  const hook = await box.as("alice").hook(receiver.url, { on: ["note"] });
  await box.as("alice").call("i/webhooks/update", { webhookId: hook.id, active: false });
  await box.as("alice").note("unheard");
  await box.settled();
  expect(receiver.requests).toHaveLength(0);
  await box.as("alice").call("i/webhooks/update", { webhookId: hook.id, active: true });
  await box.as("alice").note("heard");
  await box.settled();
  expect(receiver.requests).toHaveLength(1);
});

test.each(["misskey@12.119", "misskey@13.14"])("%s hides direct notes from hooks for notes", async (dialect) => {
  const box = await open(dialect);
  await using receiver = await startRecordingReceiver();
  await box.as("alice").hook(receiver.url, { secret: "s", on: ["note"] });
  await box.as("alice").direct(["bob"], "psst");
  await box.settled();
  const [request] = receiver.requests;
  expect(JSON.parse(request?.text ?? "").body.note).toMatchObject({ text: null, isHidden: true });
});
