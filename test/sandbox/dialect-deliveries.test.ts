// Under `--as`, deliveries have the headers, keys, nulls and types of the recorded servers of other families and versions.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createSandbox, type Sandbox } from "../../src/sandbox/index.js";
import { type ReceivedRequest, type RecordingReceiver, startRecordingReceiver } from "../support/recording-receiver.js";
import { readRecording, recordedServers, recordingNames } from "../support/recordings.js";
import { structureOf } from "../support/structure.js";

/** What causes each recording; those that need circumstances of their own are tried on Misskey at present alone. */
const actions: Readonly<Record<string, (sandbox: Sandbox, noteId: string) => Promise<unknown>>> = {
  note: (sandbox) => sandbox.as("alice").note("Hello #test"),
  reply: (sandbox, id) => sandbox.as("bob").reply(id, "a reply by bob"),
  "mention-of-reply": (sandbox, id) => sandbox.as("bob").reply(id, "another reply by bob"),
  mention: (sandbox) => sandbox.as("bob").note("hi @alice how are you"),
  renote: (sandbox, id) => sandbox.as("bob").renote(id),
  "renote-quote": (sandbox, id) => sandbox.as("bob").quote(id, "a quote by bob"),
  "mention-specified": (sandbox) => sandbox.as("bob").direct(["alice"], "@alice secret"),
  "mention-specified-nomention": (sandbox) => sandbox.as("bob").direct(["alice"], "secret"),
  // As it was recorded: before she renotes that note, which Iceshrimp would tell her.
  "reply-self": (sandbox, id) => sandbox.as("alice").reply(id, "self reply"),
  "note-renote": (sandbox, id) => sandbox.as("alice").renote(id),
  "note-specified": (sandbox) => sandbox.as("alice").direct(["bob"], "note to bob only"),
  "note-localonly": (sandbox) => sandbox.as("alice").note("x", { localOnly: true }),
  "edit-own-note": async (sandbox) => {
    const { id } = await sandbox.as("bob").note("x");
    await sandbox.as("bob").call("notes/edit", { editId: id, text: "not alice's" });
    const mine = await sandbox.as("alice").note("mine");
    await sandbox.settled();
    return sandbox.as("alice").call("notes/edit", { editId: mine.id, text: "edited by alice" });
  },
  "edit-reply": async (sandbox, id) => {
    const reply = await sandbox.as("bob").reply(id, "a reply by bob");
    return sandbox.as("bob").call("notes/edit", { editId: reply.id, text: "a reply by bob, edited" });
  },
  follow: (sandbox) => sandbox.as("alice").follow("bob"),
  unfollow: (sandbox) => sandbox.as("alice").unfollow("bob"),
  followed: (sandbox) => sandbox.as("bob").follow("alice"),
};

const others = recordedServers().filter((name) => !name.startsWith("misskey@2026"));

describe.each(others)("%s", (server) => {
  let sandbox: Sandbox;
  let receiver: RecordingReceiver;
  let noteId: string;

  beforeAll(async () => {
    const dialect = server.startsWith("iceshrimp") && !server.includes("node22") ? "iceshrimp-bun" : server;
    sandbox = await createSandbox({ dialect: dialect.replace("-on-node22", "") });
    receiver = await startRecordingReceiver();
    ({ id: noteId } = await sandbox.as("alice").note("Hello from alice #test"));
    await sandbox.as("bob").note("so that he has posted before");
    const on = ["mention", "unfollow", "follow", "followed", "note", "reply", "renote"];
    if (server.startsWith("sharkey")) on.push("edited");
    await sandbox.as("alice").hook(receiver.url, { secret: "alice-secret", on });
  });
  afterAll(async () => {
    await sandbox.close();
    await receiver[Symbol.asyncDispose]();
  });

  const names = Object.keys(actions).filter((name) => recordingNames(server, "deliveries").includes(name));

  test.each(names)("%s", async (name) => {
    const recorded = readRecording(server, `deliveries/${name}.json`);
    receiver.requests.length = 0;
    await actions[name]?.(sandbox, noteId);
    await sandbox.settled();
    const ours = receiver.requests.findLast(({ json }) => json["type"] === recorded.body["type"]);
    const lines = (body: unknown): string[] => structureOf(body).filter((line) => !/user.updatedAt/.test(line));
    expect(lines(ours?.json)).toEqual(lines(recorded.body));
    expect(headersOf(ours)).toEqual(headersOf(recorded));
  });
});

/** Names, and the values that don't depend on the run. */
function headersOf(request: Pick<ReceivedRequest, "rawHeaders"> | undefined): string[] {
  const raw = request?.rawHeaders ?? [];
  return raw
    .flatMap((name, index) => {
      if (index % 2 === 1) return [];
      const varies = /^host$|^connection$|^content-length$|hook-id$|-host$|-secret$/i.test(name);
      return [varies ? name.toLowerCase() : `${name.toLowerCase()}: ${raw[index + 1]}`];
    })
    .toSorted();
}
