// Editing as on Sharkey 2025.4.7: what `notes/edit` answers, and who hears of an edit by hook and by stream.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createSandbox, type Sandbox } from "../../src/sandbox/index.js";
import { Player } from "../support/played-recordings.js";
import { readRecording, recordingNames } from "../support/recordings.js";
import { type RecordingReceiver, startRecordingReceiver } from "../support/recording-receiver.js";

const server = "sharkey@2025.4.7";
const on = ["mention", "note", "reply", "renote", "edited"];
let receiver: RecordingReceiver;
let sandbox: Sandbox;
let noteId: string;

async function open(dialect: string): Promise<void> {
  sandbox = await createSandbox({ dialect });
  ({ id: noteId } = await sandbox.as("alice").note("Hello"));
  await sandbox.as("alice").hook(receiver.url, { secret: "s", on });
}

/** What alice's hook heard of `act`, with the text that it told. */
async function heard(act: () => Promise<unknown>): Promise<string[]> {
  receiver.requests.length = 0;
  await act();
  await sandbox.settled();
  return receiver.requests.map(({ json }) => `${String(json["type"])}: ${(json["body"] as Body).note.text}`);
}
interface Body {
  readonly note: { readonly text: string };
}

beforeEach(async () => {
  receiver = await startRecordingReceiver();
});
afterEach(async () => {
  await sandbox.close();
  await receiver[Symbol.asyncDispose]();
});

test("answers, right and wrong", async () => {
  await open(server);
  const player = new Player(sandbox, server, {});
  const alices = (readRecording(server, "api-social/notes-edit.json") as unknown as Answer).body.createdNote.id;
  player.know(alices, noteId);
  const differences: string[] = [];
  const names = recordingNames(server, "api-social");
  expect(names.length).toBeGreaterThan(10);
  for (const name of names) {
    const who = name.endsWith("not-the-author") ? "bob" : "alice";
    differences.push(...(await player.play(`api-social/${name}`, sandbox.as(who).token)));
  }
  expect(differences).toEqual([]);
});
interface Answer {
  readonly body: { readonly createdNote: { readonly id: string } };
}

describe("who hears of an edit", () => {
  test.each([
    ["sharkey@2025.4", "reply: edited"],
    ["sharkey@2024.9", "edited: edited"],
  ])("the author by `note`, and whom a reply replies to, on %s", async (dialect, told) => {
    await open(dialect);
    const alice = sandbox.as("alice");
    const bob = sandbox.as("bob");
    const { id: replyId } = await bob.reply(noteId, "a reply");
    await sandbox.settled();
    expect(await heard(() => alice.call("notes/edit", { editId: noteId, text: "mine" }))).toEqual(["note: mine"]);
    expect(await heard(() => bob.call("notes/edit", { editId: replyId, text: "edited" }))).toEqual([told]);
    expect(await heard(() => bob.call("notes/edit", { editId: replyId, text: "edited" }))).toEqual([]);
  });

  test("nobody of whom they mute, nor whom the new text mentions or quotes", async () => {
    await open(server);
    const bob = sandbox.as("bob");
    const { id: plain } = await bob.note("no mention yet");
    const { id: quote } = await bob.quote(noteId, "a quote");
    await sandbox.settled();
    expect(await heard(() => bob.call("notes/edit", { editId: plain, text: "@alice now" }))).toEqual([]);
    const requote = { editId: quote, text: "another quote", renoteId: noteId };
    expect(await heard(() => bob.call("notes/edit", requote))).toEqual([]);
    const { id: replyId } = await bob.reply(noteId, "a reply");
    await sandbox.settled();
    await sandbox.as("alice").call("mute/create", { userId: bob.id });
    expect(await heard(() => bob.call("notes/edit", { editId: replyId, text: "unheard" }))).toEqual([]);
    expect(await heard(() => bob.reply(noteId, "unheard as well"))).toEqual([]);
    expect(await heard(() => bob.renote(noteId))).toEqual(["renote: null"]);
  });

  test("what isn't said again is gone: a poll, what is quoted", async () => {
    await open(server);
    const alice = sandbox.as("alice");
    const { id: polled } = await alice.note("with a poll", { poll: { choices: ["a", "b"] } });
    expect(await alice.call("notes/edit", { editId: polled, text: "without" })).not.toHaveProperty("createdNote.poll");
    const { id: quote } = await alice.quote(noteId, "a quote");
    expect(await alice.call("notes/edit", { editId: quote, text: "plain" })).toMatchObject({
      createdNote: { renoteId: null },
    });
    const { id: direct } = await alice.direct(["bob"], "@bob, for you alone");
    expect(await alice.call("notes/edit", { editId: direct, text: "for nobody" })).toMatchObject({
      createdNote: { visibility: "specified", visibleUserIds: [], mentions: [sandbox.as("bob").id] },
    });
  });
});
