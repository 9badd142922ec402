// Under `--as`, the sandbox answers as the recorded servers of other families and versions did.
import { afterEach, describe, expect, test } from "vitest";
import { createSandbox, type Sandbox } from "../../src/sandbox/index.js";
import { Player } from "../support/played-recordings.js";
import { recordedServers, recordingNames } from "../support/recordings.js";
import { callApi } from "../support/sandbox-api.js";

let sandbox: Sandbox | undefined;
afterEach(() => sandbox?.close());

/** In the order of then; each server has some of them. `bob` after the name: his token. */
const calls: readonly string[] = `
  ping meta meta-detail-false create-ok bearer-header-list list-ok show-ok show-bad-id show-malformed-id show-no-id
  show-other-users-hook delete-other-users-hook
  create-missing-name create-missing-on create-missing-secret create-empty-secret create-secret-null create-name-101
  create-secret-1025 create-url-1025 create-url-empty create-wrong-on
  delete-bad-id update-bad-id update-nothing update-partial-on-only
  update-ok update-active-false update-full-ok update-full-new-url-secret update-full-restore update-full-active-false
  update-partial-on update-partial-active-false update-partial-name update-without-secret update-secret-null
  test-bad-id test-bad-type test-follow test-followed test-mention test-note test-override test-reaction test-renote
  test-reply test-unfollow test-inactive test-edited test unknown-endpoint bad-json get-method`
  .trim()
  .split(/\s+/);

describe.each(recordedServers().filter((name) => !/on-node22|2026\.3\.2/.test(name)))("%s", (server) => {
  test("calls with a native token, without one and with a wrong one", async () => {
    sandbox = await createSandbox({ dialect: server, timeScale: 100_000 });
    const [alice, bob] = [sandbox.as("alice"), sandbox.as("bob")];
    await alice.note("so that she has posted before");
    const bobsHook = await bob.hook("http://127.0.0.1:1/", { secret: "bob" });
    const player = new Player(sandbox, server, {});
    const names = new Set(recordingNames(server, "api"));
    const differences: string[] = [];
    for (const name of calls.filter((call) => names.has(call))) {
      if (name.endsWith("-other-users-hook")) player.knowHookOf(`api/${name}`, bobsHook.id);
      else if (!/bad-id|malformed|create-ok/.test(name))
        player.knowHookOf(`api/${name}`, (await firstHook(alice.token)) ?? "");
      differences.push(...(await player.play(`api/${name}`, alice.token)));
      if (name === "create-ok") await deliverOnce(alice.token);
    }
    if (names.has("no-credential-list")) differences.push(...(await player.play("api/no-credential-list", null)));
    for (const name of ["bad-token-list", "bad-token16-list", "bad-token-16-list", "bearer-header-bad-token"]) {
      if (names.has(name)) differences.push(...(await player.play(`api/${name}`, "0123456789abcdef")));
    }
    differences.push(...(await player.play("api/i", alice.token)));
    expect(differences).toEqual([]);
  });

  test("calls with an app's token", async () => {
    sandbox = await createSandbox({ dialect: server, timeScale: 100_000 });
    const alice = sandbox.as("alice");
    const hook = await alice.hook("http://127.0.0.1:1/", { secret: "s" });
    await deliverOnce(alice.token);
    const player = new Player(sandbox, server, {});
    const differences: string[] = [];
    for (const [kind, permission] of Object.entries({
      none: [],
      read: ["read:account"],
      write: ["write:account"],
      rw: ["read:account", "write:account"],
    })) {
      const { json } = await callApi(sandbox, "miauth/gen-token", { i: alice.token, session: null, permission });
      const names = recordingNames(server, "api").filter((name) => name.startsWith(`app-${kind}-`));
      const last = ["create", "update", "delete"];
      const rank = (name: string): number => last.findIndex((verb) => name.endsWith(`-${verb}`));
      for (const name of names.toSorted((a, b) => rank(a) - rank(b))) {
        if (!/-(update|delete)$/.test(name)) player.knowHookOf(`api/${name}`, hook.id);
        differences.push(...(await player.play(`api/${name}`, json.token)));
      }
    }
    expect(differences).toEqual([]);
  });

  async function firstHook(token: string): Promise<string | undefined> {
    const { json } = await callApi(sandbox as Sandbox, "i/webhooks/list", { i: token });
    return json[0]?.id;
  }

  /** So that hooks have a latestSentAt, as those recorded had. */
  async function deliverOnce(token: string): Promise<void> {
    await callApi(sandbox as Sandbox, "notes/create", { i: token, text: "x" });
    await sandbox?.settled();
  }
});
