// MisskeyIO takes a note that is posted twice for a client that tries again; nobody else does.
import { expect, test } from "vitest";
import { createSandbox } from "../../src/sandbox/index.js";

async function postTwice(dialect: string): Promise<{ readonly ids: string[]; readonly fired: string[] }> {
  const sandbox = await createSandbox({ dialect });
  const fired: string[] = [];
  sandbox.on("event", ({ type, username }) => void fired.push(`${username}:${type}`));
  const bob = sandbox.as("bob");
  const ids = [await bob.note("hi @alice"), await bob.note("hi @alice"), await bob.note("hi @alice", { cw: "w" })];
  await bob.deleteNote(ids[0]!);
  ids.push(await bob.note("hi @alice"));
  await sandbox.close();
  return { ids: ids.map(({ id }) => id), fired };
}

test("on MisskeyIO the same call within a minute is answered with the first note, as long as that is there", async () => {
  const { ids, fired } = await postTwice("misskeyio");
  expect(ids[1]).toBe(ids[0]);
  expect(new Set(ids).size).toBe(3);
  expect(fired).toEqual(Array.from({ length: 3 }, () => ["bob:note", "alice:mention"]).flat());
});

test("elsewhere it is another note", async () => {
  const { ids, fired } = await postTwice("misskey");
  expect(new Set(ids).size).toBe(4);
  expect(fired).toHaveLength(8);
});
