import { afterEach, beforeEach, expect, test } from "vitest";
import { createSandbox, type Sandbox } from "../../src/sandbox/index.js";
import { type RecordingReceiver, startRecordingReceiver } from "../support/recording-receiver.js";
import { callApi, type Json, tokenOf } from "../support/sandbox-api.js";

let sandbox: Sandbox;
let receiver: RecordingReceiver;
let i: string;

beforeEach(async () => {
  sandbox = await createSandbox();
  receiver = await startRecordingReceiver();
  i = tokenOf(sandbox, "alice");
});
afterEach(async () => {
  await sandbox.close();
  await receiver[Symbol.asyncDispose]();
});

async function createHook(more: object = {}): Promise<Json> {
  const params = { i, name: "hook", url: `${receiver.url}/alice`, secret: "s3cret", on: ["note"], ...more };
  return (await callApi(sandbox, "i/webhooks/create", params)).json;
}

test("a hook is created, listed, shown, updated and deleted", async () => {
  const hook = await createHook();
  expect(Object.keys(hook)).toEqual([
    "id",
    "userId",
    "name",
    "on",
    "url",
    "secret",
    "active",
    "latestSentAt",
    "latestStatus",
  ]);
  expect((await callApi(sandbox, "i/webhooks/list", { i })).json).toEqual([hook]);
  const update = await callApi(sandbox, "i/webhooks/update", { i, webhookId: hook.id, active: false, secret: null });
  expect([update.status, update.text]).toEqual([204, ""]);
  const shown = await callApi(sandbox, "i/webhooks/show", { i, webhookId: hook.id });
  expect(shown.json).toEqual({ ...hook, active: false, secret: "" });
  expect((await callApi(sandbox, "i/webhooks/delete", { i, webhookId: hook.id })).status).toBe(204);
  expect((await callApi(sandbox, "i/webhooks/list", { i })).json).toEqual([]);
});

test("a fourth hook is one too many, and another user's hook is none", async () => {
  for (let count = 0; count < 3; count++) await createHook();
  const { json } = await callApi(sandbox, "i/webhooks/create", { i, name: "4th", url: "http://x", on: [] });
  expect(json.error).toMatchObject({ code: "TOO_MANY_WEBHOOKS", id: "87a9bb19-111e-4e37-81d3-a3e7426453b0" });
  const [hook] = [...(await callApi(sandbox, "i/webhooks/list", { i })).json];
  const bob = await callApi(sandbox, "i/webhooks/show", { i: tokenOf(sandbox, "bob"), webhookId: hook?.id });
  expect(bob.json.error.code).toBe("NO_SUCH_WEBHOOK");
});

test("the test endpoint delivers once, whatever the hook's on and active say, and keeps the status", async () => {
  const hook = await createHook({ on: [] });
  await callApi(sandbox, "i/webhooks/update", { i, webhookId: hook.id, active: false });
  await callApi(sandbox, "i/webhooks/test", { i, webhookId: hook.id, type: "mention" });
  await sandbox.settled();
  expect(receiver.requests).toHaveLength(1);
  expect(receiver.requests[0]?.headers).toMatchObject({
    "user-agent": "Misskey-Hooks",
    "content-type": "application/json",
    "x-misskey-hook-id": hook.id,
    "x-misskey-hook-secret": "s3cret",
    "x-misskey-host": new URL(sandbox.url).host,
  });
  expect(Object.keys(receiver.requests[0]?.json ?? {})).toEqual([
    "server",
    "hookId",
    "userId",
    "eventId",
    "createdAt",
    "type",
    "body",
  ]);
  const { json } = await callApi(sandbox, "i/webhooks/show", { i, webhookId: hook.id });
  expect(json.latestStatus).toBe(204);
  expect(Date.parse(json.latestSentAt)).toBeGreaterThan(0);
});

test("an override sends elsewhere, and reaction sends nothing", async () => {
  const hook = await createHook();
  const override = { url: `${receiver.url}/elsewhere`, secret: "other" };
  await callApi(sandbox, "i/webhooks/test", { i, webhookId: hook.id, type: "note", override });
  expect((await callApi(sandbox, "i/webhooks/test", { i, webhookId: hook.id, type: "reaction" })).status).toBe(204);
  await sandbox.settled();
  expect(receiver.requests.map(({ path, headers }) => [path, headers["x-misskey-hook-secret"]])).toEqual([
    ["/elsewhere", "other"],
  ]);
});

test("the 61st test within 15 minutes is refused, with the wait", async () => {
  const hook = await createHook();
  const press = () => callApi(sandbox, "i/webhooks/test", { i, webhookId: hook.id, type: "reaction" });
  for (let count = 0; count < 60; count++) expect((await press()).status).toBe(204);
  const refused = await press();
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(890);
  expect(refused.json.error).toMatchObject({ code: "RATE_LIMIT_EXCEEDED", info: { remaining: 0, total: 60 } });
});

test("apps may what their permissions say, and never test", async () => {
  const permission = ["read:account"];
  const { token } = (await callApi(sandbox, "miauth/gen-token", { i, session: null, permission })).json;
  expect((await callApi(sandbox, "i/webhooks/list", { i: token })).status).toBe(200);
  const create = await callApi(sandbox, "i/webhooks/create", { i: token, name: "x", url: "http://x", on: [] });
  expect([create.status, create.json.error.code]).toEqual([403, "PERMISSION_DENIED"]);
  const tested = await callApi(sandbox, "i/webhooks/test", { i: token, webhookId: "x", type: "note" });
  expect([tested.status, tested.json.error.code]).toEqual([400, "ACCESS_DENIED"]);
});

test("/api.json lists the endpoints, the events of a hook and what an update needs", async () => {
  const { paths } = (await (await fetch(`${sandbox.url}/api.json`)).json()) as Json;
  const schema = (name: string): Json => paths[`/${name}`].post.requestBody.content["application/json"].schema;
  expect(schema("i/webhooks/create").properties.on.items.enum).toContain("mention");
  expect(schema("i/webhooks/update").required).toEqual(["webhookId"]);
  expect(schema("i/webhooks/update").properties.secret.type).toEqual(["string", "null"]);
  expect(paths["/i/webhooks/test"]).toBeDefined();
  const older = await createSandbox({ dialect: "misskey@13.14" });
  const { paths: olderPaths } = (await (await fetch(`${older.url}/api.json`)).json()) as Json;
  await older.close();
  expect(olderPaths["/i/webhooks/test"]).toBeUndefined();
  expect(olderPaths["/i/webhooks/update"].post.requestBody.content["application/json"].schema.required).toEqual([
    "webhookId",
    "name",
    "url",
    "secret",
    "on",
    "active",
  ]);
});
