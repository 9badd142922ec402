// The public entries of the packed package: what each offers, and what it loads to offer it.
import { mkdtemp, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { beforeAll, describe, expect, test } from "vitest";
import { installPackage } from "../support/installed-package.js";

let folder: string;
beforeAll(async () => {
  const installed = await installPackage();
  ({ folder } = installed);
  return installed.remove;
}, 120_000);

/** Text that only these libraries have in them. */
const marks = {
  fastify: "FST_ERR_",
  undici: "UND_ERR_BPL_MISSING_UPSTREAM",
  ajv: "strictSchema",
  zod: "invalid_union",
};
type Library = keyof typeof marks;

interface Loaded {
  readonly files: number;
  readonly libraries: readonly string[];
  readonly exports: readonly string[];
}

async function run(code: string, env: Record<string, string> = {}): Promise<string> {
  const { stdout } = await execa("node", ["--input-type=module", "--eval", code], { cwd: folder, env });
  return stdout;
}

/** Imports the entry in a process of its own. Node's record of what ran says which files were loaded. */
async function load(entry: string): Promise<Loaded> {
  const coverage = await mkdtemp(join(folder, "loaded-"));
  const code = `console.log(JSON.stringify(Object.keys(await import(${JSON.stringify(entry)}))))`;
  const exports = JSON.parse(await run(code, { NODE_V8_COVERAGE: coverage })) as string[];
  const [report = ""] = await readdir(coverage);
  const { result } = JSON.parse(await readFile(join(coverage, report), "utf8")) as { result: { url: string }[] };
  const urls = result.map(({ url }) => url).filter((url) => url.includes("/misskey-hooks/"));
  const texts = await Promise.all(urls.map((url) => readFile(fileURLToPath(url), "utf8")));
  const libraries = Object.entries(marks).flatMap(([name, mark]) =>
    texts.some((text) => text.includes(mark)) ? [name] : [],
  );
  return { exports, files: urls.length, libraries };
}

const entries: readonly [name: string, loads: readonly Library[], offers: readonly string[]][] = [
  ["misskey-hooks", ["zod"], ["checkDelivery", "createReceiver", "createHandler", "createSandbox", "buildSample"]],
  ["misskey-hooks/verify", [], ["isHookSecret", "verifyDelivery"]],
  ["misskey-hooks/receiver", ["zod"], ["createHandler", "createReceiver", "createWebHandler"]],
  ["misskey-hooks/sandbox", ["fastify", "undici", "ajv", "zod"], ["createSandbox"]],
  ["misskey-hooks/testing", ["zod"], ["buildDelivery", "buildSample", "createSandbox", "listSamples"]],
  ["misskey-hooks/schemas", ["zod"], ["dialects", "events", "findingCodes", "jsonSchemaOf"]],
];

test("every entry is in this list", async () => {
  const { exports } = JSON.parse(await readFile(join(folder, "node_modules/misskey-hooks/package.json"), "utf8")) as {
    exports: object;
  };
  const subpaths = Object.keys(exports).filter((path) => path !== "./package.json");
  expect(subpaths.map((path) => path.replace(/^\./, "misskey-hooks"))).toEqual(entries.map(([name]) => name));
});

describe.each(entries)("%s", (name, loads, offers) => {
  test("loads no library that it doesn't need, and offers what it says", async () => {
    const loaded = await load(name);
    expect(loaded.files).toBeGreaterThan(0);
    for (const library of loaded.libraries) expect(loads).toContain(library);
    expect(loaded.exports).toEqual(expect.arrayContaining([...offers]));
  });

  test("has no types of others in its declarations", async () => {
    const dist = join(folder, "node_modules/misskey-hooks/dist");
    const seen = new Set<string>();
    const read = async (file: string): Promise<void> => {
      if (seen.has(file)) return;
      seen.add(file);
      const text = await readFile(join(dist, file), "utf8");
      expect(text).not.toMatch(/#region node_modules|from ["'](?!\.\/|node:)/);
      for (const [, next = ""] of text.matchAll(/from ["']\.\/([^"']+)\.js["']/g)) await read(`${next}.d.ts`);
    };
    await read(`${name.split("/")[1] ?? "index"}.d.ts`);
    expect(seen.size).toBeGreaterThan(0);
  });
});

describe("misskey-hooks/verify", () => {
  test("is one file, loads nothing of Node, and runs without its globals", async () => {
    expect((await load("misskey-hooks/verify")).files).toBe(1);
    const text = await readFile(join(folder, "node_modules/misskey-hooks/dist/verify.js"), "utf8");
    expect(text).not.toMatch(/\bimport\b|\brequire\b|getBuiltinModule/);
    const code = `
      const { log } = console;
      for (const name of ["Buffer", "process", "crypto", "global"]) delete globalThis[name];
      const { verifyDelivery } = await import("misskey-hooks/verify");
      const delivery = { headers: { "X-Iceshrimp-Hook-Secret": "right" }, body: '{"type":"note"}' };
      log(JSON.stringify([verifyDelivery(delivery, "right"), verifyDelivery(delivery, ["left", "wrong"])]));
    `;
    expect(JSON.parse(await run(code))).toEqual([
      { ok: true, payload: { type: "note" } },
      { ok: false, status: 401, reason: "the secret in x-iceshrimp-hook-secret is wrong" },
    ]);
  });

  test("is at most 3 kB on its way to a browser or worker", async () => {
    const { gzipSync } = await import("node:zlib");
    const file = await readFile(join(folder, "node_modules/misskey-hooks/dist/verify.js"));
    expect(gzipSync(file).length).toBeLessThan(3000);
  });
});

test("the sandbox of the main entry loads when it is called", async () => {
  const code = `
    const { createSandbox } = await import("misskey-hooks");
    const sandbox = await createSandbox({ port: 0 });
    console.log(typeof sandbox.url);
    await sandbox.close();
  `;
  expect(await run(code)).toBe("string");
});
