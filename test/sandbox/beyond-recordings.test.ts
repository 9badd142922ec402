// Answers that nobody recorded, as the source of Misskey 2025.10 gives them.
import { afterEach, beforeEach, expect, test } from "vitest";
import { createSandbox, type Sandbox } from "../../src/sandbox/index.js";
import { callApi, type Json, tokenOf } from "../support/sandbox-api.js";

let sandbox: Sandbox;
let alice: string;
let bob: string;

beforeEach(async () => {
  sandbox = await createSandbox();
  [alice, bob] = [tokenOf(sandbox, "alice"), tokenOf(sandbox, "bob")];
});
afterEach(() => sandbox.close());

const call = (name: string, params: object) => callApi(sandbox, name, params);

async function post(i: string, params: object): Promise<Json> {
  return (await call("notes/create", { i, ...params })).json.createdNote;
}

async function upload(name: string, content: string | undefined, fields: Record<string, string> = {}): Promise<Json> {
  const form = new FormData();
  for (const [key, value] of Object.entries({ i: alice, ...fields })) form.set(key, value);
  if (content !== undefined) form.set("file", new Blob([content]), name);
  const response = await fetch(`${sandbox.url}/api/drive/files/create`, { method: "POST", body: form });
  const text = await response.text();
  return { status: response.status, text, json: text === "" ? undefined : JSON.parse(text) };
}

test("a note of somebody who wants visitors to sign in is refused to them", async () => {
  await call("i/update", { i: alice, requireSigninToViewContents: true });
  const { id: noteId } = await post(alice, { text: "for members" });
  const { status, json } = await call("notes/show", { noteId });
  expect([status, json.error.code, json.error.id]).toEqual([
    400,
    "CONTENT_RESTRICTED_BY_USER",
    "fbcc002d-37d9-4944-a6b0-d9e29f2d33ab",
  ]);
  expect((await call("notes/show", { i: bob, noteId })).status).toBe(200);
});

test("a reaction to a note that one can't see fails, as it does in a server", async () => {
  const { id: noteId } = await post(alice, { text: "psst", visibility: "specified" });
  const { status, json } = await call("notes/reactions/create", { i: bob, noteId, reaction: "👍" });
  expect([status, json.error.code, json.error.info.e.message]).toEqual([
    500,
    "INTERNAL_ERROR",
    "Note not accessible for you.",
  ]);
});

test("an own renote isn't counted; a deleted note leaves its replies, whose reply is then null", async () => {
  const { id: noteId } = await post(alice, { text: "one" });
  await post(alice, { renoteId: noteId });
  expect((await call("notes/show", { noteId })).json.renoteCount).toBe(0);
  await post(bob, { renoteId: noteId });
  expect((await call("notes/show", { noteId })).json.renoteCount).toBe(1);
  const reply = await post(bob, { text: "two", replyId: noteId });
  await call("notes/delete", { i: alice, noteId });
  expect((await call("notes/show", { noteId: reply.id })).json).toMatchObject({ replyId: noteId, reply: null });
});

test("of a poll's two ends, the one relative to now counts", async () => {
  const poll = { choices: ["a", "b"], expiresAt: 1, expiredAfter: 60_000 };
  expect(Date.parse((await post(alice, { poll })).poll.expiresAt)).toBeGreaterThan(Date.now());
  const { json } = await call("notes/create", { i: alice, poll: { choices: ["a", "b"], expiresAt: 1 } });
  expect(json.error.code).toBe("CANNOT_CREATE_ALREADY_EXPIRED_POLL");
});

test("the ids and words of refusals", async () => {
  const codeAndId = async (name: string, params: object) => {
    const { json } = await call(name, { i: alice, ...params });
    return json.error.code === "INVALID_PARAM" ? json.error.info.param : `${json.error.code} ${json.error.id}`;
  };
  expect(await codeAndId("following/invalidate", { userId: "nobody" })).toBe(
    "NO_SUCH_USER b77e6ae6-a3e5-40da-9cc8-c240115479cc",
  );
  expect(await codeAndId("channels/create", { name: "c", description: "" })).toBe("#/properties/description/minLength");
  expect(await codeAndId("i/revoke-token", {})).toBe("#/anyOf/0/required");
  expect(await codeAndId("i/update", { pinnedPageId: "none" })).toBe(
    "NO_SUCH_PAGE 8e01b590-7eb9-431b-a239-860e086c408e",
  );
});

test("GET on what is no endpoint", async () => {
  const { status, json } = await callApi(sandbox, "nothing/here", {}, {}, "GET");
  expect([status, json.error.id]).toEqual([404, "2ca3b769-540a-4f08-9dd5-b5a825b6d0f1"]);
});

test("names and fields lose the spaces around them", async () => {
  const fields = [
    { name: " a ", value: " b " },
    { name: "c", value: " " },
  ];
  const { json } = await call("i/update", { i: alice, name: "  Alice ", fields });
  expect([json.name, json.fields]).toEqual(["Alice", [{ name: "a", value: "b" }]]);
  expect((await call("i/update", { i: alice, name: "  " })).json.name).toBeNull();
  expect((await call("users/show", { username: " bob " })).json.username).toBe("bob");
});

test("a mute until 0 has no end", async () => {
  const { id: userId } = sandbox.as("bob");
  await call("mute/create", { i: alice, userId, expiresAt: 0 });
  expect((await call("mute/create", { i: alice, userId })).json.error.code).toBe("ALREADY_MUTING");
});

test("an upload without a file is answered with an empty 400, whoever it is", async () => {
  expect(await upload("", undefined)).toMatchObject({ status: 400, text: "" });
  const { status, text } = await call("drive/files/create", {});
  expect([status, text]).toEqual([400, ""]);
});

test("the same content is one file; a name gets the ending of its kind", async () => {
  const { json: file } = await upload("notes.txt", "some text");
  expect([file.name, file.type]).toEqual(["notes.txt", "text/plain"]);
  expect((await upload("other.txt", "some text", { isSensitive: "true" })).json).toEqual({
    ...file,
    isSensitive: true,
  });
  expect((await upload("other.txt", "some text", { force: "true" })).json.id).not.toBe(file.id);
  const names = [await upload("picture", "GIF89a1234"), await upload("a.png", "%PDF-1.7"), await upload("b", "text")];
  expect(names.map(({ json }) => json.name)).toEqual(["picture.gif", "a.png.pdf", "b.unknown"]);
  expect((await upload("c.txt", "else", { folderId: "none" })).status).toBe(500);
});
