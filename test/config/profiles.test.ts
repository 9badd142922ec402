import { mkdir, readdir, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Profile, Profiles } from "../../src/config/index.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const profile = (name: string, rest: Partial<Profile> = {}): Profile => ({
  name,
  instance: "https://misskey.example",
  username: "alice",
  userId: "1",
  permissions: ["read:account"],
  signedInAt: "2026-01-02T03:04:05.678Z",
  ...rest,
});

async function opened(): Promise<{ folder: string; load: () => Promise<Profiles> }> {
  const folder = await temporaryFolder();
  return { folder, load: () => Profiles.load({ MISSKEY_HOOKS_CONFIG_DIR: folder }, () => {}) };
}

test("a profile survives the run, with its token apart from it", async () => {
  const { load } = await opened();
  await (await load()).save(profile("work"), "t0ken");
  const profiles = await load();
  expect(profiles.all).toEqual([profile("work")]);
  expect(profiles.current).toEqual(profile("work"));
  expect(JSON.stringify(profiles)).not.toContain("t0ken");
  expect(profiles.tokenOf({ name: "work" })).toBe("t0ken");
});

test("the latest sign-in is the current one, until another is chosen", async () => {
  const { load } = await opened();
  const profiles = await load();
  await profiles.save(profile("a"), "1");
  await profiles.save(profile("b"), "2");
  expect((await load()).current?.name).toBe("b");
  await profiles.use("a");
  expect((await load()).current?.name).toBe("a");
});

test("a rename keeps the token, the place in the list, and what is current", async () => {
  const { load } = await opened();
  const profiles = await load();
  await profiles.save(profile("b"), "2");
  await profiles.save(profile("a"), "1");
  await profiles.rename("b", "c");
  await profiles.rename("a", "z");
  const after = await load();
  expect(after.all.map(({ name }) => name)).toEqual(["c", "z"]);
  expect(after.tokenOf({ name: "c" })).toBe("2");
  expect(after.current?.name).toBe("z");
  await expect(after.rename("c", "z")).rejects.toMatchObject({ code: "profile-exists" });
});

test("with the current one gone nobody is guessed, unless only one is left", async () => {
  const { load } = await opened();
  const profiles = await load();
  for (const name of ["a", "b", "c"]) await profiles.save(profile(name), name);
  await profiles.remove("c");
  expect((await load()).current).toBeUndefined();
  await profiles.use("b");
  await profiles.remove("b");
  expect((await load()).current?.name).toBe("a");
  await profiles.remove("a");
  expect((await load()).all).toEqual([]);
});

test("a name is free for its own account, and gets a number for another", async () => {
  const { load } = await opened();
  const profiles = await load();
  await profiles.save(profile("bot"), "1");
  expect(await profiles.save(profile("bot"), "2")).toEqual(profile("bot"));
  expect(await profiles.save(profile("bot", { userId: "2" }), "3")).toEqual(profile("bot-2", { userId: "2" }));
  expect((await load()).all.map(({ name }) => name)).toEqual(["bot", "bot-2"]);
});

test("sign-ins at the same time are all kept", async () => {
  const { folder, load } = await opened();
  const ids = Array.from({ length: 12 }, (_, index) => String(index));
  const runs = await Promise.all(ids.map(load));
  await Promise.all(runs.map((run, index) => run.save(profile("bot", { userId: ids[index] as string }), "t0ken")));
  const after = await load();
  expect(after.all.map(({ userId }) => userId).toSorted()).toEqual(ids.toSorted());
  expect(new Set(after.all.map(({ name }) => name)).size).toBe(ids.length);
  expect(await readdir(folder)).toEqual(["credentials.json"]);
});

test("the lock and the draft of a killed run are in nobody's way", async () => {
  const { folder, load } = await opened();
  const lock = join(folder, "credentials.json.lock");
  await mkdir(lock);
  const longAgo = new Date(Date.now() - 60_000);
  await utimes(lock, longAgo, longAgo);
  await writeFile(join(folder, "credentials.json.tmp"), "half of", { mode: 0o600 });
  await (await load()).save(profile("bot"), "1");
  expect(await readdir(folder)).toEqual(["credentials.json"]);
  expect((await load()).all).toHaveLength(1);
});

test.each(["", "-x", "two words", "../x", "__proto__", "a".repeat(101)])("%j is no name", async (name) => {
  const { load } = await opened();
  await expect((await load()).save(profile(name), "1")).rejects.toMatchObject({ code: "bad-profile-name" });
});

test.each(["constructor", "toString", "nope"])("there is no profile called %s", async (name) => {
  const { load } = await opened();
  const profiles = await load();
  expect(() => profiles.get(name)).toThrow(expect.objectContaining({ code: "no-such-profile", outcome: "usage" }));
});

describe("a file that isn't ours", () => {
  test.each([
    "",
    "{",
    "[]",
    '{"version":2,"current":null,"profiles":{}}',
    '{"version":1,"current":null,"profiles":{"a":{}}}',
  ])("%j ends in words, and stays", async (content) => {
    const { folder, load } = await opened();
    await writeFile(join(folder, "credentials.json"), content, { mode: 0o600 });
    await expect(load()).rejects.toMatchObject({ code: "config-damaged", outcome: "local" });
  });
});
