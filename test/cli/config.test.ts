import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { Profiles } from "../../src/config/index.js";
import { type RunResult, runCli } from "../support/run-cli.js";
import { temporaryFolder } from "../support/temporary-folder.js";

let folder: string;
let cwd: string;
beforeEach(async () => {
  folder = await temporaryFolder();
  cwd = await temporaryFolder();
});

async function signIn(name: string, instance: string): Promise<void> {
  const profiles = await Profiles.load({ MISSKEY_HOOKS_CONFIG_DIR: folder }, () => {});
  const rest = { username: name, userId: name, permissions: [], signedInAt: "2026-01-02T03:04:05.678Z" };
  await profiles.save({ name, instance, ...rest }, "t0ken");
}
const project = (settings: object): Promise<void> =>
  writeFile(join(cwd, "misskey-hooks.config.json"), JSON.stringify(settings));
const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<RunResult> =>
  runCli(["config", ...args], { cwd, env: { MISSKEY_HOOKS_CONFIG_DIR: folder, ...env } });

interface Shown {
  readonly instance: { value: string | null; source: string | null };
  readonly token: { value: string | null; source: string | null };
}
async function shown(args: readonly string[] = [], env: Readonly<Record<string, string>> = {}): Promise<Shown> {
  const { exitCode, stdout, stderr } = await run(["--json", ...args], env);
  expect(exitCode, stderr).toBe(0);
  expect(stdout).not.toMatch(/t0ken|other-t/);
  return JSON.parse(stdout) as Shown;
}
const failure = async (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string> =>
  JSON.parse((await run(["--json", ...args], env)).stderr).error.code as string;

const [home, work, other] = ["https://home.example", "https://work.example", "https://other.example"];

describe("the instance comes from the first that names one", () => {
  test("option, environment, project, profile", async () => {
    expect((await shown()).instance).toEqual({ value: null, source: null });
    await signIn("home", home);
    expect((await shown()).instance).toEqual({ value: home, source: "profile home" });
    await project({ instance: work });
    const path = join(cwd, "misskey-hooks.config.json");
    expect((await shown()).instance).toEqual({ value: work, source: path });
    const env = { MISSKEY_HOOKS_INSTANCE: "env.example" };
    expect((await shown([], env)).instance).toEqual({ value: "https://env.example", source: "MISSKEY_HOOKS_INSTANCE" });
    expect((await shown(["--instance", other], env)).instance).toEqual({ value: other, source: "--instance" });
    expect((await shown(["--profile", "home"], env)).instance).toEqual({ value: home, source: "profile home" });
  });

  test("a project may name the profile", async () => {
    await signIn("work", work);
    await signIn("home", home);
    await project({ profile: "work" });
    expect((await shown()).instance).toEqual({ value: work, source: "profile work" });
  });
});

describe("a token goes where it belongs", () => {
  test("a profile's to its own instance alone", async () => {
    await signIn("work", work);
    await signIn("home", home);
    expect((await shown(["--instance", other])).token).toEqual({ value: null, source: null });
    expect((await shown(["--instance", work])).token).toEqual({ value: "***", source: "profile work" });
    await project({ instance: other });
    expect((await shown()).token.value).toBeNull();
    expect(await failure(["--instance", other, "--profile", "home"])).toBe("profile-mismatch");
  });

  test("one of several on an instance is never guessed", async () => {
    await signIn("work", work);
    await signIn("work-2", work);
    await signIn("home", home);
    expect(await failure(["--instance", work])).toBe("ambiguous-profile");
    expect((await shown(["--instance", work], { MISSKEY_HOOKS_PROFILE: "work-2" })).token.source).toBe(
      "profile work-2",
    );
  });

  test("the environment's wins over profiles, and never goes where a project alone points", async () => {
    await signIn("home", home);
    const env = { MISSKEY_HOOKS_TOKEN: "other-t0ken" };
    expect((await shown([], env)).token.source).toBe("MISSKEY_HOOKS_TOKEN");
    await project({ instance: other });
    expect(await failure([], env)).toBe("token-without-instance");
    expect((await shown([], { ...env, MISSKEY_HOOKS_INSTANCE: other })).token.source).toBe("MISSKEY_HOOKS_TOKEN");
  });
});

test("a person sees values and where they come from, and no secret", async () => {
  await signIn("home", home);
  await project({
    url: "http://127.0.0.1:3000/hook",
    events: ["mention", "reply"],
    secret: { env: "BOT_HOOK_SECRET" },
  });
  const { stdout } = await run([], { MISSKEY_HOOKS_SECRET: "hunter2" });
  expect(stdout).toMatch(/^instance +https:\/\/home\.example +profile home$/m);
  expect(stdout).toMatch(/^events +mention, reply +\//m);
  expect(stdout).not.toContain("hunter2");
  expect(stdout).not.toContain("t0ken");
});

test("the schema that ships is the one that counts", async () => {
  const { stdout } = await run(["--schema"]);
  const shipped = await readFile(new URL("../../misskey-hooks.config.schema.json", import.meta.url), "utf8");
  expect(JSON.parse(stdout)).toEqual(JSON.parse(shipped));
  expect(JSON.parse(stdout)).toMatchObject({ type: "object", additionalProperties: false });
});
