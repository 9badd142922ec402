// What the sandbox delivers has the headers, keys, nulls and types of what a real Misskey 2026.3.2 delivered for the
// same action, key by key and in the same order.
import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createSandbox, type Sandbox } from "../../src/sandbox/index.js";
import { type ReceivedRequest, type RecordingReceiver, startRecordingReceiver } from "../support/recording-receiver.js";
import { readRecording, recordingNames } from "../support/recordings.js";
import { structureOf } from "../support/structure.js";

const server = "misskey@2026.3.2";
let sandbox: Sandbox;
let receiver: RecordingReceiver;
/** Where the requests of the present action begin; an action may move it behind its own preparations. */
let start: number;

beforeAll(async () => {
  sandbox = await createSandbox();
  receiver = await startRecordingReceiver();
  const events = ["mention", "unfollow", "follow", "followed", "note", "reply", "renote", "reaction"];
  const secrets = { alice: "alice-secret", bob: "" };
  for (const [name, secret] of Object.entries(secrets)) {
    const hook = { name, url: `${receiver.url}/ok/${name}`, secret, on: events };
    await sandbox.as(name).call("i/webhooks/create", hook);
  }
  await sandbox.as("admin").call("admin/system-webhook/create", {
    isActive: true,
    name: "sys",
    on: ["abuseReport", "abuseReportResolved", "userCreated"],
    url: `${receiver.url}/ok/system`,
    secret: "sys-secret",
  });
});
afterAll(async () => {
  await sandbox.close();
  await receiver[Symbol.asyncDispose]();
});

/** What arrives because of an action, of that type and for that hook. */
async function deliveryOf(action: () => Promise<unknown>, type: string, hook: string): Promise<ReceivedRequest> {
  start = receiver.requests.length;
  await action();
  await sandbox.settled();
  const fitting = receiver.requests
    .slice(start)
    .filter((request) => request.path === `/ok/${hook}` && request.json["type"] === type);
  expect(fitting).toHaveLength(1);
  return fitting[0] as ReceivedRequest;
}

/** Header names in order with values that don't depend on the run. */
function headerLines(rawHeaders: readonly string[]): string[] {
  const lines: string[] = [];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const [name = "", value = ""] = rawHeaders.slice(index, index + 2);
    const varies = /^(host|content-length|x-misskey-(hook-id|host))$/i.test(name);
    // node-fetch writes `Host` and `Connection`, undici the same in lower case.
    lines.push(varies ? name.toLowerCase() : `${name.toLowerCase()}: ${value}`);
  }
  return lines.toSorted();
}

const me = () => sandbox.as("alice");
const other = () => sandbox.as("bob");
let first: { readonly id: string };
let channelId: string;
let fileId: string;

async function prepare(): Promise<void> {
  first = await me().note("Hello from alice #test");
  ({ id: channelId } = (await other().call("channels/create", { name: "chan1" })) as { id: string });
  fileId = await uploadDot();
  await sandbox.settled();
}

const dot = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

async function uploadDot(): Promise<string> {
  const form = new FormData();
  form.set("i", me().token);
  form.set("file", new Blob([Buffer.from(dot, "base64")], { type: "image/png" }), "dot.png");
  const response = await fetch(`${sandbox.url}/api/drive/files/create`, { method: "POST", body: form });
  const file = (await response.json()) as { id: string; md5: string };
  expect(file.md5).toBe(createHash("md5").update(Buffer.from(dot, "base64")).digest("hex"));
  return file.id;
}

const pollOf = { choices: ["a", "b"], expiredAfter: 86_400_000 };
/** By the name of the recording: what causes it. In an order in which each can happen. */
const actions: Readonly<Record<string, () => Promise<unknown>>> = {
  note: () => me().note("Hello from alice #test"),
  follow: () => me().follow("bob"),
  "followed-bobhook": async () => {
    await other().note("so that he has posted before, which shows in his updatedAt");
    await me().unfollow("bob");
    await me().follow("bob");
  },
  unfollow: async () => {
    await other().follow("alice");
    await me().unfollow("bob");
  },
  followed: async () => {
    await other().unfollow("alice");
    await other().follow("alice");
  },
  reply: () => other().reply(first, "a reply by bob"),
  "mention-of-reply": () => other().reply(first, "a reply by bob"),
  mention: () => other().note("hi @alice how are you"),
  renote: () => other().renote(first),
  "renote-quote": () => other().quote(first, "a quote by bob"),
  "mention-specified": () => other().direct(["alice"], "@alice secret"),
  "mention-specified-nomention": () => other().direct(["alice"], "secret, no mention text"),
  "note-reply": () => me().reply(first, "self reply"),
  "reply-self": () => me().reply(first, "self reply"),
  "note-renote": () => me().renote(first),
  "note-reply-to-bob": async () => {
    await me().reply(await other().reply(first, "r"), "reply by alice");
  },
  "note-poll-cw": () => me().note("with poll", { cw: "careful", visibility: "followers", poll: pollOf }),
  "note-localonly": () => me().note("local only", { localOnly: true, reactionAcceptance: "likeOnly" }),
  "note-specified": () => me().direct(["bob"], "note to bob only"),
  "note-long": () => me().note("あ".repeat(3000)),
  "note-file": () => me().note("with a file", { fileIds: [fileId] }),
  "note-channel": () => me().note("in channel", { channelId }),
  "mention-channel-named-user": async () => {
    await other().update({ name: "Bob" });
    await other().note("@alice in channel", { channelId });
    await other().update({ name: null });
  },
  "unfollow-invalidated": async () => {
    await me().follow("bob");
    await other().removeFollower("alice");
  },
  "unfollow-blocked": async () => {
    await me().follow("bob");
    await other().unfollow("alice");
    await other().block("alice");
  },
  "follow-accepted": async () => {
    await other().unblock("alice");
    await other().update({ isLocked: true });
    await me().follow("bob");
    await other().acceptFollow("alice");
  },
  "unfollow-rejected": async () => {
    await other().removeFollower("alice");
    await sandbox.settled();
    start = receiver.requests.length;
    await me().follow("bob");
    await other().rejectFollow("alice");
  },
};

describe("deliveries", () => {
  beforeAll(prepare);

  test("every recording has its action", () => {
    expect(Object.keys(actions).toSorted()).toEqual(recordingNames(server, "deliveries").toSorted());
  });

  test.each(Object.entries(actions))("%s", async (name, action) => {
    const recorded = readRecording(server, `deliveries/${name}.json`);
    const type = String(recorded.body["type"]);
    const ours = await deliveryOf(action, type, name.endsWith("-bobhook") ? "bob" : "alice");
    expect(structureOf(ours.json)).toEqual(structureOf(recorded.body));
    expect(headerLines(ours.rawHeaders)).toEqual(headerLines(recorded.rawHeaders));
  });
});

const hookOf = async (): Promise<string> => {
  const [hook] = (await me().call("i/webhooks/list")) as { id: string }[];
  return hook?.id ?? "";
};

test.each(["follow", "followed", "mention", "note", "renote", "reply", "unfollow"])("test button: %s", async (type) => {
  const recorded = readRecording(server, `test-deliveries/${type}.json`);
  const press = async () => me().call("i/webhooks/test", { webhookId: await hookOf(), type });
  const ours = await deliveryOf(press, type, "alice");
  expect(structureOf(ours.json)).toEqual(structureOf(recorded.body));
});

test("what administrators' hooks get", async () => {
  const report = await deliveryOf(() => me().report("bob", "a test report"), "abuseReport", "system");
  const reportId = (report.json["body"] as { id: string }).id;
  const resolve = () => sandbox.as("admin").call("admin/resolve-abuse-user-report", { reportId });
  const resolved = await deliveryOf(resolve, "abuseReportResolved", "system");
  const signUp = () => sandbox.as("admin").call("admin/accounts/create", { username: "signedup", password: "p" });
  const created = await deliveryOf(signUp, "userCreated", "system");
  for (const [ours, name] of [
    [report, "abuseReport"],
    [resolved, "abuseReportResolved"],
    [created, "userCreated"],
  ] as const) {
    expect(structureOf(ours.json)).toEqual(structureOf(readRecording(server, `system-deliveries/${name}.json`).body));
  }
});
