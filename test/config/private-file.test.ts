import { chmod, lstat, mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readPrivateFile, removePrivateFile, writePrivateFile } from "../../src/config/index.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const modeOf = async (path: string): Promise<number> => (await lstat(path)).mode & 0o777;
const silent = (): void => {};

async function place(): Promise<{ folder: string; path: string; outside: string }> {
  const outside = await temporaryFolder();
  const folder = join(outside, "own");
  return { folder, path: join(folder, "credentials.json"), outside };
}

test("what is written can be read, by its owner alone, and leaves nothing else behind", async () => {
  const { folder, path } = await place();
  expect(await readPrivateFile(path, silent)).toBeUndefined();
  await writePrivateFile(path, "one", silent);
  await writePrivateFile(path, "two", silent);
  expect(await readPrivateFile(path, silent)).toBe("two");
  expect([await modeOf(folder), await modeOf(path)]).toEqual([0o700, 0o600]);
  expect(await readdir(folder)).toEqual(["credentials.json"]);
  await removePrivateFile(path);
  await removePrivateFile(path);
  expect(await readdir(folder)).toEqual([]);
});

test("permissions that let others in are repaired, once, with a notice", async () => {
  const { folder, path } = await place();
  await writePrivateFile(path, "one", silent);
  await chmod(path, 0o644);
  await chmod(folder, 0o755);
  const notices: string[] = [];
  await readPrivateFile(path, (text) => notices.push(text));
  expect(notices).toHaveLength(2);
  expect([await modeOf(folder), await modeOf(path)]).toEqual([0o700, 0o600]);
  await readPrivateFile(path, (text) => notices.push(text));
  expect(notices).toHaveLength(2);
});

test("a folder that holds other things isn't closed to others, only told of", async () => {
  const { outside } = await place();
  await writeFile(join(outside, "novel.txt"), "");
  await chmod(outside, 0o755);
  const notices: string[] = [];
  await writePrivateFile(join(outside, "credentials.json"), "one", (text) => notices.push(text));
  expect(await modeOf(outside)).toBe(0o755);
  expect(await modeOf(join(outside, "credentials.json"))).toBe(0o600);
  expect(notices).toEqual([expect.stringContaining("can look into")]);
});

test("a link in the file's place is neither read nor written through", async () => {
  const { folder, path, outside } = await place();
  const victim = join(outside, "victim");
  await writeFile(victim, "mine");
  await mkdir(folder, { mode: 0o700 });
  await symlink(victim, path);
  await expect(readPrivateFile(path, silent)).rejects.toMatchObject({ code: "config-is-link", outcome: "local" });
  await expect(writePrivateFile(path, "new", silent)).rejects.toMatchObject({ code: "config-is-link" });
  expect(await readFile(victim, "utf8")).toBe("mine");
  expect(await readdir(folder)).toEqual(["credentials.json"]);
});

test("nor is one in the folder's place", async () => {
  const { folder, path, outside } = await place();
  await symlink(outside, folder);
  await expect(readPrivateFile(path, silent)).rejects.toMatchObject({ code: "config-is-link" });
  await expect(writePrivateFile(path, "new", silent)).rejects.toMatchObject({ code: "config-is-link" });
});

test("what can't be written is said to be", async () => {
  const { folder, path } = await place();
  await writeFile(folder, "a file where the folder should be");
  await expect(writePrivateFile(path, "new", silent)).rejects.toMatchObject({
    code: "config-not-writable",
    outcome: "local",
    hint: expect.stringContaining("MISSKEY_HOOKS_CONFIG_DIR") as string,
  });
});
