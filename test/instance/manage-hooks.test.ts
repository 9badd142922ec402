import { expect, test } from "vitest";
import { createApiClient, deleteHook, findHook, Secret, testHook, updateHook } from "../../src/instance/index.js";
import { recordedServers, recordingNames } from "../support/recordings.js";
import { type Answers, startReplayServer } from "../support/replay-server.js";

const servers = recordedServers().filter((server) => recordingNames(server, "api").includes("list-ok"));
const afterUpdate = (server: string): string =>
  recordingNames(server, "api").includes("update-ok") ? "update-ok" : "update-full-ok";

const nodeinfoOf = (server: string): Answers => {
  const name = recordingNames(server, "api").find((candidate) => /^nodeinfo(-2\.0)?$/.test(candidate));
  return name === undefined ? {} : { "nodeinfo/2.0": name };
};

async function connect(server: string, answers: Answers) {
  const instance = await startReplayServer(server, { "i/webhooks/list": "list-ok", ...answers });
  const api = createApiClient({ origin: instance.url, token: "token" });
  return Object.assign(instance, { api });
}

test.each(servers)("an update on %s sends every field back, the secret too", async (server) => {
  await using instance = await connect(server, {
    "i/webhooks/update": afterUpdate(server),
    "i/webhooks/show": "show-ok",
    ...nodeinfoOf(server),
  });
  const hook = await findHook(instance.api, "alice all");
  await updateHook(instance.api, hook, { active: false });
  const updates = instance.requests.filter(({ endpoint }) => endpoint === "i/webhooks/update");
  for (const { body } of updates) {
    expect(body).toEqual({
      i: "token",
      webhookId: hook.id,
      name: "alice all",
      url: hook.url,
      secret: "alice-secret",
      on: hook.on,
      active: false,
    });
  }
  // 12.x and Iceshrimp use an update's values from the next one on only.
  expect(updates).toHaveLength(/^(misskey@12|iceshrimp)/.test(server) ? 2 : 1);
});

test("an update is said twice to a server of the older kind that doesn't tell what it is", async () => {
  await using instance = await connect("misskey@13.14.2", {
    "i/webhooks/update": "update-ok",
    "i/webhooks/show": "show-ok",
  });
  await updateHook(instance.api, await findHook(instance.api, "alice all"), { active: false });
  expect(instance.requests.filter(({ endpoint }) => endpoint === "i/webhooks/update")).toHaveLength(2);
});

test("an update answers with what the server has then", async () => {
  await using instance = await connect("misskey@2026.3.2", {
    "i/webhooks/update": "update-ok",
    "i/webhooks/show": "show-ok",
  });
  const hook = await updateHook(instance.api, await findHook(instance.api, "alice all"), { secret: new Secret("new") });
  expect(instance.requests.map(({ endpoint }) => endpoint.replace("i/webhooks/", ""))).toEqual([
    "list",
    "update",
    "show",
  ]);
  expect(instance.requests[1]?.body).toMatchObject({ secret: "new" });
  expect(hook.name).toBe("alice all");
});

test("a hook is found by id or by name", async () => {
  await using instance = await connect("misskey@2026.3.2", {});
  const byId = await findHook(instance.api, "atum239nig0q001r");
  const byName = await findHook(instance.api, "alice all");
  expect(byId.name).toBe("alice all");
  expect(byName.id).toBe("atum239nig0q001r");
});

test("a hook that isn't there ends as when the server says so, with those there are", async () => {
  await using instance = await connect("misskey@2026.3.2", {});
  await expect(findHook(instance.api, "Alice All")).rejects.toMatchObject({
    code: "no-such-webhook",
    outcome: "refused",
    hint: expect.stringContaining("atum239nig0q001r (alice all)") as string,
  });
});

test("deleting and testing name the hook by its id", async () => {
  await using instance = await connect("misskey@2026.3.2", {
    "i/webhooks/delete": "delete-ok",
    "i/webhooks/test": "test-note",
  });
  const hook = await findHook(instance.api, "alice all");
  await testHook(instance.api, hook, "note");
  await testHook(instance.api, hook, "note", { secret: new Secret("other") });
  await deleteHook(instance.api, hook);
  expect(instance.requests.slice(1).map(({ body }) => body)).toEqual([
    { i: "token", webhookId: hook.id, type: "note" },
    { i: "token", webhookId: hook.id, type: "note", override: { secret: "other" } },
    { i: "token", webhookId: hook.id },
  ]);
});
