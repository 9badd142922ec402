// The official client works against the sandbox unchanged: misskey-js, its Stream over WebSockets and its APIClient.
import { type EventEmitter, once } from "node:events";
import * as Misskey from "misskey-js";
import { afterEach, beforeEach, expect, test } from "vitest";
import * as ws from "ws";
import { createSandbox, type Sandbox } from "../../src/sandbox/index.js";
import { readRecording } from "../support/recordings.js";
import { callApi } from "../support/sandbox-api.js";
import { structureOf } from "../support/structure.js";

let sandbox: Sandbox;
let streams: Misskey.Stream[];

type Message = readonly [type: string, body: unknown];

beforeEach(async () => {
  streams = [];
  sandbox = await createSandbox({ users: 4 });
});
afterEach(async () => {
  for (const stream of streams) stream.close();
  await sandbox.close();
});

async function openStream(token: string): Promise<Misskey.Stream> {
  const stream = new Misskey.Stream(sandbox.url, { token }, { WebSocket: ws.WebSocket });
  streams.push(stream);
  await new Promise((resolve) => void stream.on("_connected_", () => resolve(undefined)));
  return stream;
}

/** Every message of a channel, in order. Resolves once the server has heard of the connection. */
async function listenTo(stream: Misskey.Stream, channel: "main" | "homeTimeline"): Promise<Message[]> {
  const messages: Message[] = [];
  const connection = stream.useChannel(channel) as unknown as { emit: (type: string, body: unknown) => boolean };
  const emit = connection.emit.bind(connection);
  connection.emit = (type, body) => {
    messages.push([type, body]);
    return emit(type, body);
  };
  await roundTrip(stream);
  return messages;
}

let probes = 0;

/** Messages go in order both ways: once this is answered, everything before it has arrived. */
async function roundTrip(stream: Misskey.Stream): Promise<void> {
  const id = `probe-${++probes}`;
  const answered = new Promise<void>((resolve) => {
    (stream as unknown as EventEmitter).on("connected", (body: { id: string }) => void (body.id === id && resolve()));
  });
  stream.send("connect", { channel: "homeTimeline", id, pong: true });
  await answered;
  stream.send("disconnect", { id });
}

/** The same for a bare socket, which may ask with a ping. */
async function pingPong(socket: ws.WebSocket): Promise<string[]> {
  const heard: string[] = [];
  const pong = new Promise<void>((resolve) => {
    socket.on("message", (data: Buffer) => (data.toString() === "pong" ? resolve() : void heard.push(data.toString())));
  });
  socket.send("ping");
  await pong;
  return heard;
}

test("main carries what concerns the user, with the bodies that webhooks have", async () => {
  const [alice, bob] = [sandbox.as("alice"), sandbox.as("bob")];
  const note = await alice.note("hello");
  const stream = await openStream(alice.token);
  const messages = await listenTo(stream, "main");
  const bodies = new Map<string, unknown>();
  sandbox.on("event", ({ type, username, body }) => {
    if (username === "alice") bodies.set(type, body["note"] ?? body["user"]);
  });
  await bob.reply(note, "reply");
  await bob.renote(note);
  await bob.follow("alice");
  await alice.follow("bob");
  await alice.unfollow("bob");
  await roundTrip(stream);
  expect(messages.map(([type]) => type).filter((type) => type !== "notification")).toEqual([
    "mention",
    "reply",
    "renote",
    "followed",
    "follow",
    "unfollow",
  ]);
  for (const [type, body] of messages) if (type !== "notification") expect(body).toEqual(bodies.get(type));
  for (const type of ["mention", "reply", "renote"]) {
    const ours = messages.find(([name]) => name === type)?.[1];
    const recorded = readRecording("misskey@2026.3.2", `stream/main-${type}.json`) as unknown as {
      message: { body: { body: unknown } };
    };
    expect(structureOf(ours)).toEqual(structureOf(recorded.message.body.body));
  }
  expect(
    messages.filter(([type]) => type === "notification").map(([, body]) => (body as { type: string }).type),
  ).toEqual(["reply", "renote", "follow", "followRequestAccepted"]);
});

test("homeTimeline carries the user's own notes and those of whom they follow", async () => {
  const [alice, bob, carol] = [sandbox.as("alice"), sandbox.as("bob"), sandbox.as("carol")];
  await alice.follow("bob");
  const stream = await openStream(alice.token);
  const messages = await listenTo(stream, "homeTimeline");
  await alice.note("mine");
  await bob.note("bob's");
  await carol.note("carol's, whom she doesn't follow");
  await bob.reply(await carol.note("x"), "a reply to somebody else");
  const channel = (await alice.call("channels/create", { name: "dev" })) as { id: string };
  await alice.note("in a channel", { channelId: channel.id });
  await roundTrip(stream);
  expect(messages.map(([type, body]) => [type, (body as { text: string }).text])).toEqual([
    ["note", "mine"],
    ["note", "bob's"],
  ]);
});

test("the mention of a muted user is missing, and an app needs read:account", async () => {
  const [alice, bob] = [sandbox.as("alice"), sandbox.as("bob")];
  await alice.mute("bob");
  const permission = ["read:notifications"];
  const { token } = (await alice.call("miauth/gen-token", { session: null, permission })) as { token: string };
  const own = await openStream(alice.token);
  const messages = await listenTo(own, "main");
  const app = new ws.WebSocket(`${sandbox.url.replace("http", "ws")}/streaming?i=${token}`);
  await once(app, "open");
  app.send(JSON.stringify({ type: "connect", body: { channel: "main", id: "m", pong: true } }));
  expect(await pingPong(app)).toEqual([]);
  await bob.note("@alice");
  await sandbox.as("carol").note("@alice");
  await roundTrip(own);
  expect(await pingPong(app)).toEqual([]);
  app.close();
  const mentions = messages.filter(([type]) => type === "mention");
  expect(mentions.map(([, body]) => (body as { userId: string }).userId)).toEqual([sandbox.as("carol").id]);
});

test("noteUpdated for notes that were subscribed to", async () => {
  const [alice, bob] = [sandbox.as("alice"), sandbox.as("bob")];
  const note = await alice.note("hello");
  const stream = await openStream(alice.token);
  stream.send("subNote", { id: note.id });
  const updated = new Promise((resolve) => void stream.on("noteUpdated", resolve));
  await roundTrip(stream);
  await bob.react(note, "❤");
  expect(await updated).toEqual({ id: note.id, type: "reacted", body: { reaction: "❤", emoji: null, userId: bob.id } });
});

test("a wrong token is refused, and rubbish is ignored", async () => {
  const refused = new ws.WebSocket(`${sandbox.url.replace("http", "ws")}/streaming?i=0123456789abcdef`);
  const [error] = (await once(refused, "error")) as [Error];
  expect(error.message).toContain("401");
  const stream = await openStream(sandbox.as("alice").token);
  for (const rubbish of [
    "{",
    "null",
    "[]",
    '{"type":"connect"}',
    '{"type":"connect","body":{"id":"x","channel":"nope"}}',
  ])
    (stream as unknown as { stream: ws.WebSocket }).stream.send(rubbish);
  await roundTrip(stream);
});

test("an open socket makes the user look online", async () => {
  await openStream(sandbox.as("alice").token);
  const { json } = await callApi(sandbox, "users/show", { username: "alice" });
  expect(json.onlineStatus).toBe("online");
});

test("APIClient", async () => {
  const client = new Misskey.api.APIClient({ origin: sandbox.url, credential: sandbox.as("alice").token });
  const me = await client.request("i", {});
  expect(me.username).toBe("alice");
  const { createdNote } = await client.request("notes/create", { text: "from the official client" });
  expect(await client.request("notes/show", { noteId: createdNote.id })).toMatchObject({ text: createdNote.text });
  const error: unknown = await client.request("notes/show", { noteId: "zzz" }).catch((thrown: unknown) => thrown);
  expect(Misskey.api.isAPIError(error as never) && (error as { code: string }).code).toBe("NO_SUCH_NOTE");
});

test.each([
  ["misskey", true],
  ["sharkey", false],
])("on %s a note that somebody else sends to the account alone is streamed: %s", async (dialect, isHeard) => {
  await sandbox.close();
  sandbox = await createSandbox({ dialect });
  const [alice, bob] = [sandbox.as("alice"), sandbox.as("bob")];
  await alice.follow("bob");
  const stream = await openStream(alice.token);
  const main = await listenTo(stream, "main");
  const home = await listenTo(stream, "homeTimeline");
  await bob.direct(["alice"], "for @alice alone");
  await roundTrip(stream);
  expect(main.some(([type]) => type === "mention")).toBe(isHeard);
  expect(home.some(([type]) => type === "note")).toBe(isHeard);
});
