// The sandbox answers as a real Misskey 2026.3.2 did: every recorded call of the API, played in the order of then.
import { expect, test } from "vitest";
import { createSandbox, type Sandbox } from "../../src/sandbox/index.js";
import { Player } from "../support/played-recordings.js";
import { recordingNames } from "../support/recordings.js";
import { callApi, tokenOf } from "../support/sandbox-api.js";

const server = "misskey@2026.3.2";
const recordedUsers = {
  admin: "atulzklsig0q0001",
  alice: "atulzkubig0q0002",
  bob: "atulzkz8ig0q0003",
  carol: "atulzl17ig0q0004",
  dave: "atulzl2yig0q0005",
};

async function withPlayer(run: (player: Player, sandbox: Sandbox) => Promise<void>): Promise<void> {
  const sandbox = await createSandbox({ users: 5, timeScale: 1000 });
  const known = Object.entries(recordedUsers).map(([name, id]) => [id, sandbox.as(name).id]);
  try {
    await run(new Player(sandbox, server, Object.fromEntries(known)), sandbox);
  } finally {
    await sandbox.close();
  }
}

const [admin, alice, bob, carol, dave] = ["admin", "alice", "bob", "carol", "dave"] as const;
/** Who made each call of api-social; in the order of then, since later calls refer to earlier ones. */
const socialCalls: readonly (readonly [name: string, as: string | null])[] = [
  ["ping", null],
  ["meta", null],
  ["notes-create", alice],
  ["notes-create-followers", alice],
  ["notes-create-reply", bob],
  ["notes-create-renote", bob],
  ["notes-create-quote", bob],
  ["notes-create-cw", bob],
  ["notes-create-poll", bob],
  ["notes-create-specified", bob],
  ["notes-create-localonly", bob],
  ["notes-create-text-and-null-renote", carol],
  ["notes-create-channel-unknown", carol],
  ["notes-create-file-unknown", carol],
  ["notes-create-nothing", carol],
  ["notes-create-poll-expired", carol],
  ["notes-create-poll-one-choice", carol],
  ["notes-create-renote-followers", carol],
  ["notes-create-renote-of-renote", carol],
  ["notes-create-renote-unknown", carol],
  ["notes-create-reply-to-renote", carol],
  ["notes-create-reply-unknown", carol],
  ["notes-create-text-number", carol],
  ["notes-create-too-long", carol],
  ["notes-create-visibility-wrong", carol],
  ["notes-create-visible-not-id", carol],
  ["notes-show", bob],
  ["notes-show-anonymous", null],
  ["notes-show-hidden", dave],
  ["notes-show-unknown", bob],
  ["reactions-create", bob],
  ["reactions-create-twice", bob],
  ["reactions-create-unknown-note", bob],
  ["reactions-delete", bob],
  ["notes-delete-others", bob],
  ["notes-delete-unknown", alice],
  ["notes-delete", alice],
  ["following-create-self", alice],
  ["following-create-unknown", alice],
  ["following-create", alice],
  ["following-create-twice", alice],
  ["following-delete", alice],
  ["following-delete-none", alice],
  ["following-create-again", alice],
  ["following-invalidate", carol],
  ["following-invalidate-none", carol],
  ["i-update-lock", carol],
  ["following-create-locked", alice],
  ["following-requests-list", carol],
  ["following-requests-accept", carol],
  ["following-requests-accept-none", carol],
  ["following-delete-2", alice],
  ["following-create-locked-2", alice],
  ["following-requests-reject", carol],
  ["following-create-locked-3", alice],
  ["following-requests-cancel", alice],
  ["following-requests-cancel-none", alice],
  ["i-update-unlock", carol],
  ["blocking-create-self", alice],
  ["blocking-create-unknown", alice],
  ["blocking-create", alice],
  ["blocking-create-twice", alice],
  ["following-create-blocked", dave],
  ["following-create-blocking", alice],
  ["blocking-delete", alice],
  ["blocking-delete-none", alice],
  ["mute-create", alice],
  ["mute-create-twice", alice],
  ["mute-delete", alice],
  ["mute-delete-none", alice],
  ["users-show-by-name", alice],
  ["users-show-nothing", alice],
  ["users-show-self", alice],
  ["users-show-unknown", alice],
  ["i", bob],
  ["i-update-name", bob],
  ["i-update-name-null", bob],
  ["channels-create", alice],
  ["channels-create-no-name", alice],
  ["report-abuse-self", carol],
  ["report-abuse-no-comment", carol],
  ["report-abuse", carol],
  ["abuse-user-reports", admin],
  ["resolve-abuse", admin],
  ["admin-accounts-create-as-user", bob],
];

test("social calls", async () => {
  await withPlayer(async (player, sandbox) => {
    await sandbox.as(dave).note("so that he has posted before");
    await sandbox.as(dave).report(bob, "an earlier report, which is resolved");
    const [report] = (await sandbox.as(admin).call("admin/abuse-user-reports")) as { id: string }[];
    await sandbox.as(admin).call("admin/resolve-abuse-user-report", { reportId: report?.id });
    const differences: string[] = [];
    for (const [name, as] of socialCalls) {
      differences.push(...(await player.play(`api-social/${name}`, as === null ? null : tokenOf(sandbox, as))));
    }
    expect(differences).toEqual([]);
  });
});

test("no recorded social call was left out", () => {
  const elsewhere = ["drive-files-create", "get--well-known-nodeinfo", "get-nodeinfo-2-0", "get-nodeinfo-2-1"];
  const played = [...socialCalls.map(([name]) => name), ...elsewhere];
  expect(recordingNames(server, "api-social").toSorted()).toEqual(played.toSorted());
});

const appPermissions: Readonly<Record<string, readonly string[]>> = {
  none: [],
  read: ["read:account"],
  write: ["write:account"],
  rw: ["read:account", "write:account"],
  both: ["read:account", "write:account"],
  notes: ["write:notes"],
  sys: ["read:account", "write:account", "read:admin:meta", "write:admin:system-webhook"],
};

test("hooks, tokens and administrators' hooks", async () => {
  await withPlayer(async (player, sandbox) => {
    const differences: string[] = [];
    const native = tokenOf(sandbox, alice);
    const play = async (name: string, token: string | null = native, other?: string): Promise<void> => {
      differences.push(...(await player.play(`api/${name}`, token, other === undefined ? {} : { other })));
    };
    await sandbox.as(alice).note("so that she has posted before");
    // Bob's hook, and one of alice's own that has been delivered to.
    const bobsHook = await sandbox.as(bob).hook("http://127.0.0.1:1/bob");
    await play("create-ok");
    player.know("atum239yig0q001s", bobsHook.id);
    await play("test-note");
    await sandbox.settled();
    for (const name of ["list-ok", "show-ok", "show-bad-id", "show-malformed-id", "show-other-users-hook"])
      await play(name);
    await play("bearer-header-list");
    await play("no-credential-list", null);
    await play("bad-token-list", "0123456789abcdef");
    await play("bad-token-create", "no token at all, but a long one");
    for (const name of ["create-missing-name", "create-missing-on", "create-name-101", "create-secret-1025"])
      await play(name);
    for (const name of ["create-secret-null", "create-url-1025", "create-url-empty", "create-wrong-on"])
      await play(name);
    for (const name of ["create-url-garbage", "create-no-secret-empty-on", "create-too-many"]) await play(name);
    for (const name of ["delete-bad-id", "delete-ok", "delete-ok2"]) await play(name);
    for (const name of ["update-ok", "update-partial-on", "update-restore-on", "update-active-false"]) await play(name);
    await play("update-nothing", tokenOf(sandbox, bob));
    await play("update-secret-null", tokenOf(sandbox, bob));
    await play("update-url-empty", tokenOf(sandbox, bob));
    await play("update-bad-id");
    for (const type of ["follow", "followed", "mention", "reaction", "renote", "reply", "unfollow"])
      await play(`test-${type}`);
    for (const name of ["test-inactive", "test-not-in-on", "test-override", "test-bad-id", "test-bad-type"])
      await play(name);

    for (const gen of ["admin", "bad-perm", "none", "read-account", "rw-direct", "write-account", "write-notes"])
      await play(`miauth-gen-${gen}`);
    for (const [kind, permission] of Object.entries(appPermissions)) {
      const made = await callApi(sandbox, "miauth/gen-token", { i: native, session: null, permission });
      const calls = recordingNames(server, "api").filter((file) => file.startsWith(`app-${kind}-`));
      // What lists comes before what creates, and what deletes that comes last.
      const last = ["create", "update", "delete"];
      const rank = (name: string): number => last.findIndex((verb) => name.endsWith(`-${verb}`));
      for (const name of calls.toSorted((a, b) => rank(a) - rank(b))) await play(name, made.json.token);
      if (kind === "read") await play("miauth-gen-by-app-token", made.json.token);
      if (kind === "rw") {
        await play("revoke-token", native, made.json.token);
        await play("app-revoked-list", made.json.token);
      }
    }
    await play("miauth-check-unknown");
    await play("miauth-check-before");
    await play("miauth-gen-token");
    await play("miauth-check-after");
    await play("miauth-check-second");

    const moderator = tokenOf(sandbox, admin);
    await play("system-create-nonadmin");
    for (const name of ["system-create-ok", "system-create-wrong-on", "system-list", "system-show"])
      await play(name, moderator);
    for (const name of recordingNames(server, "api").filter((file) => file.startsWith("system-test-")))
      await play(name, moderator);
    expect(differences).toEqual([]);
  });
});
