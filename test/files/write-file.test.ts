// Whole or not at all: what is written while the disk fills up, a limit is met, or the file is there already.
import { chmod, lstat, mkdir, readdir, readFile, stat, symlink, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { assert, asyncProperty, string } from "fast-check";
import { describe, expect, test } from "vitest";
import { createFile, putAside, removeDrafts, replaceFile } from "../../src/files/index.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const writers = { replaceFile, createFile };
const modeOf = async (path: string): Promise<number> => (await stat(path)).mode & 0o777;

/** Runs a line with both writers at hand in a process that may make no file larger than so many kilobytes. */
async function withLimit(kilobytes: number, line: string): Promise<string> {
  const files = fileURLToPath(new URL("../../src/files/index.ts", import.meta.url));
  const code = `const { replaceFile, createFile } = await import(${JSON.stringify(files)});
    await (${line}).catch((error) => console.log(error.code));`;
  const command = `ulimit -f ${kilobytes}; exec node --import tsx --input-type=module --eval "$0"`;
  return (await execa("bash", ["-c", command, code], { reject: false, all: true })).all;
}

describe.each(Object.entries(writers))("%s", (name, write) => {
  test("any text comes back as it was, and nothing else is left in the folder", async () => {
    await assert(
      asyncProperty(string({ unit: "grapheme" }), async (text) => {
        const folder = await temporaryFolder();
        await write(join(folder, "file"), text);
        expect(await readFile(join(folder, "file"), "utf8")).toBe(Buffer.from(text).toString());
        expect(await readdir(folder)).toEqual(["file"]);
      }),
      { numRuns: 30 },
    );
  });

  test("a file that there is no room for is an error, and nothing is there", async () => {
    const folder = await temporaryFolder();
    const path = join(folder, "file");
    expect(await withLimit(64, `${name}(${JSON.stringify(path)}, "x".repeat(200_000))`)).toMatch(/^(EFBIG|ENOSPC)$/);
    expect(await readdir(folder)).toEqual([]);
  });

  test("the mode is the one that is asked for", async () => {
    const path = join(await temporaryFolder(), "file");
    await write(path, "x", { mode: 0o600 });
    expect(await modeOf(path)).toBe(0o600);
  });

  test("a folder that isn't there is an error of the system", async () => {
    await expect(write(join(await temporaryFolder(), "no", "file"), "x")).rejects.toMatchObject({ code: "ENOENT" });
  });
});

test("a file that can't be replaced for want of room is as it was", async () => {
  const folder = await temporaryFolder();
  const path = join(folder, "file");
  await writeFile(path, "the old one");
  expect(await withLimit(64, `replaceFile(${JSON.stringify(path)}, "x".repeat(200_000))`)).toMatch(/^(EFBIG|ENOSPC)$/);
  expect(await readFile(path, "utf8")).toBe("the old one");
  expect(await readdir(folder)).toEqual(["file"]);
});

test("a file that is replaced keeps its mode, and a link to it stays a link", async () => {
  const folder = await temporaryFolder();
  const path = join(folder, "file");
  await writeFile(path, "old");
  await chmod(path, 0o640);
  await symlink(path, join(folder, "link"));
  await replaceFile(join(folder, "link"), "new");
  expect(await readFile(path, "utf8")).toBe("new");
  expect(await modeOf(path)).toBe(0o640);
  expect((await lstat(join(folder, "link"))).isSymbolicLink()).toBe(true);
});

test("what is no file is written to", async () => {
  await replaceFile("/dev/null", "x");
  expect((await stat("/dev/null")).isCharacterDevice()).toBe(true);
  await expect(replaceFile("/dev/full", "x")).rejects.toMatchObject({ code: "ENOSPC" });
});

test("a file that is there isn't made again", async () => {
  const path = join(await temporaryFolder(), "file");
  await createFile(path, "first");
  await expect(createFile(path, "second")).rejects.toMatchObject({ code: "EEXIST" });
  expect(await readFile(path, "utf8")).toBe("first");
});

test("drafts that a killed run left are removed, others' files are not", async () => {
  const folder = await temporaryFolder();
  const path = join(folder, "state.json");
  const old = new Date(Date.now() - 3_600_000);
  for (const name of ["state.json.0123456789ab.tmp", "state.json.cdef01234567.tmp", "state.json.mine.tmp", "x.tmp"]) {
    await writeFile(join(folder, name), "half");
    if (!name.includes("cdef")) await utimes(join(folder, name), old, old);
  }
  await replaceFile(path, "{}");
  expect((await readdir(folder)).toSorted()).toEqual([
    "state.json",
    "state.json.cdef01234567.tmp",
    "state.json.mine.tmp",
    "x.tmp",
  ]);
  await removeDrafts(path);
  expect((await readdir(folder)).toSorted()).toEqual(["state.json", "state.json.mine.tmp", "x.tmp"]);
});

test("a damaged file is put aside under a name that says when", async () => {
  const folder = await temporaryFolder();
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "state.json"), "{");
  const aside = await putAside(join(folder, "state.json"), Date.UTC(2026, 0, 2, 3, 4, 5, 6));
  expect(aside).toBe(join(folder, "state.json.corrupt-2026-01-02T03-04-05-006Z"));
  expect(await readFile(aside, "utf8")).toBe("{");
});
