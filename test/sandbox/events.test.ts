// Which hooks an action fires, in which order: as seen on Misskey 2026.3.2.
import { afterEach, beforeEach, expect, test } from "vitest";
import { createSandbox, type Sandbox } from "../../src/sandbox/index.js";

let sandbox: Sandbox;
let fired: string[];

beforeEach(async () => {
  sandbox = await createSandbox({ users: 4 });
  fired = [];
  sandbox.on("event", ({ type, username }) => void fired.push(`${username ?? "admins"}:${type}`));
});
afterEach(() => sandbox.close());

/** What an action fired. */
async function firedBy(action: () => Promise<unknown>): Promise<string[]> {
  fired = [];
  await action();
  return fired;
}

test("a note concerns its author, and whom it mentions outside of code and links", async () => {
  const alice = sandbox.as("alice");
  expect(await firedBy(() => alice.note("hello"))).toEqual(["alice:note"]);
  expect(await firedBy(() => alice.note("@BOB and @carol, not `@admin`"))).toEqual([
    "alice:note",
    "bob:mention",
    "carol:mention",
  ]);
  expect(await firedBy(() => alice.note("@alice to myself"))).toEqual(["alice:note", "alice:mention"]);
  expect(await firedBy(() => alice.note("@nobody @bob@elsewhere.example"))).toEqual(["alice:note"]);
});

test("a reply fires mention and reply, to oneself reply alone", async () => {
  const note = await sandbox.as("alice").note("hello");
  expect(await firedBy(() => sandbox.as("bob").reply(note, "hi"))).toEqual([
    "bob:note",
    "alice:mention",
    "alice:reply",
  ]);
  expect(await firedBy(() => sandbox.as("alice").reply(note, "hi"))).toEqual(["alice:note", "alice:reply"]);
});

test("renotes and quotes fire renote, but not of oneself", async () => {
  const note = await sandbox.as("alice").note("hello");
  expect(await firedBy(() => sandbox.as("bob").renote(note))).toEqual(["bob:note", "alice:renote"]);
  expect(await firedBy(() => sandbox.as("bob").quote(note, "so true"))).toEqual(["bob:note", "alice:renote"]);
  expect(await firedBy(() => sandbox.as("alice").renote(note))).toEqual(["alice:note"]);
});

test("the recipients of a direct note get a mention without an @", async () => {
  expect(await firedBy(() => sandbox.as("bob").direct(["alice", "carol"], "psst"))).toEqual([
    "bob:note",
    "alice:mention",
    "carol:mention",
  ]);
});

test("following and the ways to an unfollow", async () => {
  const [alice, bob] = [sandbox.as("alice"), sandbox.as("bob")];
  const following = ["bob:followed", "alice:follow"];
  expect(await firedBy(() => alice.follow("bob"))).toEqual(following);
  expect(await firedBy(() => alice.unfollow("bob"))).toEqual(["alice:unfollow"]);
  await alice.follow("bob");
  expect(await firedBy(() => bob.removeFollower("alice"))).toEqual(["alice:unfollow"]);
  await alice.follow("bob");
  await bob.follow("alice");
  expect(await firedBy(() => bob.block("alice"))).toEqual(["bob:unfollow", "alice:unfollow"]);
  await bob.unblock("alice");
  await bob.update({ isLocked: true });
  expect(await firedBy(() => alice.follow("bob"))).toEqual([]);
  expect(await firedBy(() => bob.rejectFollow("alice"))).toEqual(["alice:unfollow"]);
  await alice.follow("bob");
  expect(await firedBy(() => bob.acceptFollow("alice"))).toEqual(following);
  await sandbox.as("carol").follow("bob");
  expect(await firedBy(() => bob.update({ isLocked: false }))).toEqual(["bob:followed", "carol:follow"]);
});

test("muting a user stops nothing, muting a thread does", async () => {
  const alice = sandbox.as("alice");
  await alice.mute("bob");
  const note = await alice.note("hello");
  expect(await firedBy(() => sandbox.as("bob").reply(note, "hi"))).toEqual([
    "bob:note",
    "alice:mention",
    "alice:reply",
  ]);
  await alice.call("notes/thread-muting/create", { noteId: note.id });
  expect(await firedBy(() => sandbox.as("bob").reply(note, "hi"))).toEqual(["bob:note"]);
});

test("reactions, deletions and requests fire nothing", async () => {
  const note = await sandbox.as("alice").note("hello");
  expect(await firedBy(() => sandbox.as("bob").react(note, "👍"))).toEqual([]);
  expect(await firedBy(() => sandbox.as("alice").deleteNote(note))).toEqual([]);
});

test("administrators hear of reports and of new accounts", async () => {
  const admin = sandbox.as("admin");
  expect(await firedBy(() => sandbox.as("alice").report("bob", "spam"))).toEqual(["admins:abuseReport"]);
  const [report] = (await admin.call("admin/abuse-user-reports")) as { id: string }[];
  const resolve = () => admin.call("admin/resolve-abuse-user-report", { reportId: report?.id });
  expect(await firedBy(resolve)).toEqual(["admins:abuseReportResolved"]);
  const signUp = () => admin.call("admin/accounts/create", { username: "zoe", password: "p" });
  expect(await firedBy(signUp)).toEqual(["admins:userCreated"]);
});
