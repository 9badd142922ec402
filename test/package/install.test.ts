// What `npm install misskey-hooks` brings: the packed package, installed into an empty folder.
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { beforeAll, describe, expect, test } from "vitest";
import { installPackage } from "../support/installed-package.js";

const root = fileURLToPath(new URL("../..", import.meta.url));

let folder: string;
let output: string;

beforeAll(async () => {
  const installed = await installPackage();
  ({ folder, output } = installed);
  return installed.remove;
}, 120_000);

async function sizeOf(path: string): Promise<number> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(files.map(async ({ parentPath, name }) => (await stat(join(parentPath, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

describe("the installed package", () => {
  test("is one, of less than 4 MB", async () => {
    const modules = join(folder, "node_modules");
    expect((await readdir(modules)).filter((name) => !name.startsWith("."))).toEqual(["misskey-hooks"]);
    await expect(readdir(join(modules, "misskey-hooks", "node_modules"))).rejects.toThrow("ENOENT");
    expect(await sizeOf(modules)).toBeLessThan(4_000_000);
  });

  test("installs without a warning", () => {
    expect(output).not.toMatch(/warn/i);
    expect(output).toMatch(/added 1 package/);
  });

  test("loads every part of itself, and runs", async () => {
    const parts = `
      import { readdirSync } from "node:fs";
      const dist = new URL("./node_modules/misskey-hooks/dist/", import.meta.url);
      for (const name of readdirSync(dist)) if (name.endsWith(".js")) await import(new URL(name, dist));
    `;
    const all = await execa("node", ["--input-type=module", "--eval", parts], { cwd: folder, all: true });
    expect(all.all).toBe("");
    const { stdout } = await execa("npx", ["--offline", "misskey-hooks", "--version"], { cwd: folder });
    expect(stdout).toMatch(/^\d+\.\d+\.\d+$/);
  });

  test("has the licence of each package that its code comes from", async () => {
    const text = await readFile(join(folder, "node_modules/misskey-hooks/dist/THIRD-PARTY-NOTICES.txt"), "utf8");
    const heads = [...text.matchAll(/^-{80}\n(.+) \(.+\)\n-{80}\n\n(?!-{80}).+/gm)].map(([, head = ""]) => head);
    const sources = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as { dependencies?: object };
    expect(sources.dependencies).toBeUndefined();
    const bundled = [
      "ajv",
      "chalk",
      "commander",
      "fastify",
      "ipaddr.js",
      "lodash",
      "undici",
      "ws",
      "xmlbuilder",
      "zod",
    ];
    for (const name of bundled)
      expect(
        heads.some((head) => head.startsWith(`${name} `)),
        name,
      ).toBe(true);
  });
});
