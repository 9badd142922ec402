// The first lines that everybody is taught, as the README has them.
import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startProgram } from "../support/running-program.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const readme = await readFile(new URL("../../README.md", import.meta.url), "utf8");

/** The README's first call of a command, without what is said about it. */
function taught(command: string): string[] {
  const line = new RegExp(`^(?:\\$ )?(?:npx )?misskey-hooks (${command}(?: [^#\\n]*)?)`, "m").exec(readme)?.[1];
  return (line ?? "").trim().split(/\s+/);
}

const env = async (): Promise<Record<string, string>> => ({
  MISSKEY_HOOKS_CONFIG_DIR: join(await temporaryFolder(), "c"),
});

test("bare listen and bare send, as the README has them, find each other", async () => {
  const own = { env: await env() };
  expect([taught("listen"), taught("send")]).toEqual([["listen"], ["send", "mention"]]);
  const listen = startProgram(taught("listen"), own);
  await listen.line(/Listening on/);
  const notes = join(own.env["MISSKEY_HOOKS_CONFIG_DIR"] ?? "", "listening");
  const [note = ""] = await readdir(notes);
  expect((await stat(join(notes, note))).mode & 0o777).toBe(0o600);
  const { exitCode, stderr } = await startProgram(taught("send"), own).ended;
  expect(exitCode, stderr).toBe(0);
  await listen.line(/204 +mention/);
  listen.signal("SIGINT");
  await listen.ended;
  expect(await readdir(notes)).toEqual([]);
});

test("the secret is for that address alone, and one that is given counts more", async () => {
  const own = { env: await env() };
  const listen = startProgram(["listen", "--port", "0", "--json"], own);
  const { url } = JSON.parse(await listen.line(/ready/)) as { readonly url: string };
  const send = async (...args: readonly string[]) =>
    (await startProgram(["send", "note", ...args], own).ended).exitCode;
  expect(await send(`${url}hook?key=1`)).toBe(0);
  expect(await send(url, "--secret", "another")).toBe(1);
  expect(await send(url, "--secret", "")).toBe(1);
  expect(await send(url.replace("127.0.0.1", "localhost"))).toBe(1);
  const other = startProgram(["listen", "--port", "0", "--secret", "another", "--json"], own);
  const { url: otherUrl } = JSON.parse(await other.line(/ready/)) as { readonly url: string };
  expect(await send(otherUrl)).toBe(1);
});

test("what a killed listen left is ignored and taken away, and so is what is no note", async () => {
  const own = { env: await env() };
  const killed = startProgram(["listen", "--port", "0", "--json"], own);
  const { url } = JSON.parse(await killed.line(/ready/)) as { readonly url: string };
  killed.signal("SIGKILL");
  await killed.ended;
  const notes = join(own.env["MISSKEY_HOOKS_CONFIG_DIR"] ?? "", "listening");
  expect(await readdir(notes)).toHaveLength(1);
  const damaged = "00000000-0000-4000-8000-000000000000.json";
  await writeFile(join(notes, damaged), "null", { mode: 0o600 });
  const listen = startProgram(["listen", "--port", new URL(url).port, "--secret", "mine"], own);
  await listen.line(/Listening on/);
  expect((await startProgram(["send", "note", url], own).ended).exitCode).toBe(1);
  expect(await readdir(notes)).toEqual([damaged]);
});

test("replay finds the secret of a listen that runs at its target, and no other", async () => {
  const own = { env: await env() };
  const store = await temporaryFolder();
  const first = startProgram(["listen", "--port", "0", "--json", "--captures", store], {
    env: { ...own.env, MISSKEY_HOOKS_NO_CAPTURE: "" },
  });
  const { url } = JSON.parse(await first.line(/ready/)) as { readonly url: string };
  expect((await startProgram(["send", "note", url], own).ended).exitCode).toBe(0);
  first.signal("SIGINT");
  await first.ended;
  const second = startProgram(["listen", "--port", "0", "--json"], own);
  const { url: target } = JSON.parse(await second.line(/ready/)) as { readonly url: string };
  const replay = (to: string) => startProgram(["replay", "last", "--captures", store, "--to", to], own).ended;
  const { exitCode, stderr } = await replay(target);
  expect(exitCode, stderr).toBe(0);
  expect((await replay(target.replace("127.0.0.1", "localhost"))).exitCode).toBe(2);
});
