import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { findProject, projectFileName } from "../../src/config/index.js";
import { temporaryFolder } from "../support/temporary-folder.js";

async function folderWith(content: unknown): Promise<string> {
  const folder = await temporaryFolder();
  await writeFile(join(folder, projectFileName), typeof content === "string" ? content : JSON.stringify(content));
  return folder;
}

test("is found in the folder", async () => {
  const folder = await folderWith({ events: ["mention"] });
  expect(await findProject(folder)).toEqual({
    path: join(folder, projectFileName),
    settings: { events: ["mention"] },
  });
});

test("is found further up in the same repository, and not above it", async () => {
  const outer = await folderWith({ events: ["outer"] });
  const repository = join(outer, "repository");
  const inner = join(repository, "src", "deep");
  await mkdir(inner, { recursive: true });
  await mkdir(join(repository, ".git"));
  expect(await findProject(inner)).toBeUndefined();
  await writeFile(join(repository, projectFileName), "{}");
  expect((await findProject(inner))?.path).toBe(join(repository, projectFileName));
});

test("isn't looked for above a folder that is in no repository", async () => {
  const outer = await folderWith({});
  const inner = join(outer, "inner");
  await mkdir(inner);
  expect(await findProject(inner)).toBeUndefined();
});

describe("what can't be used", () => {
  test.each([
    ["no JSON", "{", "no JSON"],
    ["an unknown setting", { evnts: [] }, "no setting called evnts"],
    ["a token", { token: "x" }, "no setting called token"],
    ["a secret in the clear", { secret: "s3cret" }, "never stands in this file"],
    ["a file outside", { secret: { file: "../other/secret" } }, "within the project"],
    ["a file from the root", { secret: { file: "/etc/passwd" } }, "within the project"],
    ["a stranger's variable", { secret: { env: "AWS_SECRET_ACCESS_KEY" } }, "HOOK or MISSKEY"],
    ["half a URL", { url: "localhost" }, "URL in full"],
  ])("%s", async (_case, content, words) => {
    const error = await findProject(await folderWith(content)).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "bad-project-file", outcome: "usage" });
    expect(String(error)).toContain(words);
    expect(String(error)).not.toContain("s3cret");
  });
});
