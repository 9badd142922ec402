// Who is told of reports: recipients answer as recorded, and decide what is delivered as each version has it.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createSandbox, type Sandbox } from "../../src/sandbox/index.js";
import { Player } from "../support/played-recordings.js";
import { type RecordingReceiver, startRecordingReceiver } from "../support/recording-receiver.js";
import { readRecording, recordingNames } from "../support/recordings.js";
import { callApi, type Json, tokenOf } from "../support/sandbox-api.js";
import { structureOf } from "../support/structure.js";

let sandbox: Sandbox;
let receiver: RecordingReceiver;
let hookId: string;

async function open(dialect: string): Promise<void> {
  sandbox = await createSandbox({ dialect });
  const hook = { isActive: true, name: "sys", url: receiver.url, secret: "s" };
  ({ id: hookId } = await admin("system-webhook/create", { ...hook, on: ["abuseReport", "abuseReportResolved"] }));
}
beforeEach(async () => {
  receiver = await startRecordingReceiver();
});
afterEach(async () => {
  await sandbox.close();
  await receiver[Symbol.asyncDispose]();
});

async function admin(name: string, params: object): Promise<Json> {
  return (await callApi(sandbox, `admin/${name}`, { i: tokenOf(sandbox, "admin"), ...params })).json;
}
const recipients = (verb: string, params: object): Promise<Json> =>
  admin(`abuse-report/notification-recipient/${verb}`, params);
const pointAt = (isActive: boolean): Promise<Json> =>
  recipients("create", { isActive, name: "r", method: "webhook", systemWebhookId: hookId });

/** The types of what a report and its resolution cause. */
async function typesOfReport(): Promise<unknown[]> {
  receiver.requests.length = 0;
  await sandbox.as("alice").report("bob", "an invented report");
  await sandbox.settled();
  const [report] = await admin("abuse-user-reports", { state: "unresolved" });
  await admin("resolve-abuse-user-report", { reportId: report.id });
  await sandbox.settled();
  return receiver.requests.map(({ json }) => json["type"]);
}
const both = ["abuseReport", "abuseReportResolved"];

describe.each(["misskey@2024", "misskey@2024.10", "misskey@2024.11"])("%s tells of reports", (dialect) => {
  test("only whom an active recipient points to", async () => {
    await open(dialect);
    expect(await typesOfReport()).toEqual([]);
    const { id } = await pointAt(false);
    expect(await typesOfReport()).toEqual([]);
    await pointAt(true);
    expect(await typesOfReport()).toEqual(both);
    await recipients("delete", { id });
    expect(await typesOfReport()).toEqual(both);
  });
});

describe.each(["misskey", "misskey@2025.1", "cherrypick", "misskeyio", "sharkey"])("%s tells of reports", (dialect) => {
  test("every hook but those that an inactive recipient points to", async () => {
    await open(dialect);
    expect(await typesOfReport()).toEqual(both);
    await pointAt(true);
    expect(await typesOfReport()).toEqual(both);
    const { id } = await pointAt(false);
    expect(await typesOfReport()).toEqual([]);
    await recipients("update", { id, isActive: true, name: "r", method: "webhook", systemWebhookId: hookId });
    expect(await typesOfReport()).toEqual(both);
  });
});

test("a recipient goes with its hook", async () => {
  await open("misskey@2024.10");
  await pointAt(true);
  await admin("system-webhook/delete", { id: hookId });
  expect(await recipients("list", {})).toEqual([]);
});

describe.each(["misskey@2024.10.1", "misskey@2024.9.0"])("as %s", (server) => {
  const recorded = new Set(recordingNames(server, "api"));

  test("system webhooks and recipients answer as recorded", async () => {
    await open(server);
    await admin("system-webhook/delete", { id: hookId });
    const player = new Player(sandbox, server, {});
    player.know(
      readRecording(server, "api/admin-accounts-create-first.json").body["id"] as string,
      sandbox.as("admin").id,
    );
    const differences: string[] = [];
    const play = async (names: string): Promise<void> => {
      for (const name of names.trim().split(/\s+/)) {
        const token = tokenOf(sandbox, name.endsWith("nonadmin") ? "alice" : "admin");
        if (recorded.has(name)) differences.push(...(await player.play(`api/${name}`, token)));
      }
    };
    await play("system-create-nonadmin system-create-ok system-create-wrong-on system-create-inactive-moderators");
    await play("system-create-no-secret system-create-secret-empty system-list system-show system-show-bad-id");
    await play("system-update-ok system-update-no-secret");
    await play([...recorded].filter((name) => name.startsWith("system-test-")).join(" "));
    await play([...recorded].filter((name) => name.startsWith("abuse-recipient-create-")).join(" "));
    await play("abuse-recipient-create");
    await sandbox.settled();
    await play("abuse-recipient-list abuse-recipient-list-email abuse-recipient-show abuse-recipient-show-bad-id");
    await play("abuse-recipient-update-inactive abuse-recipient-update-bad-id");
    await play("abuse-recipient-delete abuse-recipient-delete-again");
    await sandbox.as("alice").note("so that she has posted before");
    await sandbox.as("bob").note("and he");
    await sandbox.as("alice").report("bob", "an invented report");
    await play("abuse-user-reports system-delete");
    // Whether a hook has been delivered to by then is a matter of the day.
    expect(differences.filter((line) => !/latest(SentAt|Status)/.test(line))).toEqual([]);
  });

  test.each(both)("%s has the recorded structure", async (type) => {
    await open(server);
    await pointAt(true);
    await typesOfReport();
    const ours = receiver.requests.find(({ json }) => json["type"] === type)?.json;
    expect(structureOf(ours)).toEqual(structureOf(readRecording(server, `system-deliveries/${type}.json`).body));
  });
});
