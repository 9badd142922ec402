import { inspect } from "node:util";
import { expect, test } from "vitest";
import { createApiClient, createHook, listHooks, Secret } from "../../src/instance/index.js";
import { recordedServers, recordingNames } from "../support/recordings.js";
import { recordedAnswer, startReplayServer } from "../support/replay-server.js";

const servers = recordedServers().filter((server) => recordingNames(server, "api").includes("list-ok"));

test("recordings of many servers are there", () => {
  expect(servers.length).toBeGreaterThanOrEqual(10);
});

test.each(servers)("reads the hooks of %s", async (server) => {
  await using instance = await startReplayServer(server, { "i/webhooks/list": "list-ok" });
  const hooks = await listHooks(createApiClient({ origin: instance.url, token: "token" }));
  const recorded = JSON.parse(recordedAnswer(server, "list-ok").text) as Record<string, unknown>[];
  expect(JSON.parse(JSON.stringify(hooks))).toEqual(recorded.map((hook) => Object.assign(hook, { secret: "***" })));
  expect(hooks[0]?.secret.reveal()).toBe("alice-secret");
});

test("a hook of 2023.12.2 that never sent has no latestSentAt at all", async () => {
  const recorded = recordedAnswer("misskey@2023.12.2", "show-after-update-without-secret");
  expect(JSON.parse(recorded.text)).not.toHaveProperty("latestSentAt");
  await using instance = await startReplayServer("misskey@2023.12.2", {
    "i/webhooks/create": "show-after-update-without-secret",
  });
  const hook = await createHook(createApiClient({ origin: instance.url }), {
    name: "d2",
    url: "https://bot.example/",
    secret: new Secret(""),
    on: ["note"],
  });
  expect(hook).toMatchObject({ latestSentAt: null, latestStatus: null });
});

test("a secret can't slip out", () => {
  const secret = new Secret("hunter2");
  const outputs = [JSON.stringify({ secret }), String(secret), inspect({ secret }, { depth: 9 })];
  for (const output of outputs) expect(output).not.toContain("hunter2");
  expect(JSON.stringify({ secret })).toBe('{"secret":"***"}');
  expect(JSON.stringify({ secret: new Secret("") })).toBe('{"secret":""}');
  expect(secret.reveal()).toBe("hunter2");
});
