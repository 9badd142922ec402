// An account of a sandbox whose hooks a test file plays with: it has none when a test begins.
import { afterAll, beforeAll, beforeEach } from "vitest";
import { createSandbox, type Sandbox } from "../../src/sandbox/index.js";
import { type RunOptions, type RunResult, runCli } from "./run-cli.js";
import { callApi, type Json, tokenOf } from "./sandbox-api.js";

/** `hooks create` with what needs no answer but the secret's. */
export const newHook = ["create", "--name", "bot", "--url", "http://127.0.0.1:4649/", "--on", "mention,reply"];

/** The account, once the file's tests run. */
export interface HookAccount {
  /** The instance's origin. */
  readonly url: () => string;
  readonly token: () => string;
  /** Runs `misskey-hooks hooks <args…>` as this account. */
  readonly hooks: (args: readonly string[], options?: RunOptions) => Promise<RunResult>;
  /** Makes the hook `bot`. */
  readonly createBot: (secret?: string) => Promise<void>;
  /** The hooks as the instance has them. */
  readonly onServer: () => Promise<Json[]>;
}

/** Starts a sandbox for the test file that calls this at its top. */
export function useHookAccount(): HookAccount {
  let sandbox: Sandbox;
  const token = (): string => tokenOf(sandbox, "alice");
  const onServer = async (): Promise<Json[]> => (await callApi(sandbox, "i/webhooks/list", { i: token() })).json;
  const hooks: HookAccount["hooks"] = (args, options = {}) =>
    runCli(["hooks", ...args], {
      ...options,
      env: { MISSKEY_HOOKS_INSTANCE: sandbox.url, MISSKEY_HOOKS_TOKEN: token(), ...options.env },
    });
  beforeAll(async () => {
    sandbox = await createSandbox();
  });
  afterAll(() => sandbox.close());
  beforeEach(async () => {
    for (const { id } of await onServer()) await callApi(sandbox, "i/webhooks/delete", { i: token(), webhookId: id });
  });
  return {
    url: () => sandbox.url,
    token,
    hooks,
    onServer,
    createBot: async (secret = "bot-secret") => {
      const { exitCode, stderr } = await hooks(newHook, { env: { MISSKEY_HOOKS_SECRET: secret } });
      if (exitCode !== 0) throw new Error(stderr);
    },
  };
}
