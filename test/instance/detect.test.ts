import { describe, expect, onTestFinished, test } from "vitest";
import { createApiClient, detectAbilities, detectSoftware } from "../../src/instance/index.js";
import { dialectName } from "../../src/protocol/index.js";
import { createSandbox } from "../../src/sandbox/index.js";
import { answerWith, startRawServer } from "../support/raw-server.js";
import { recordedServers, recordingNames } from "../support/recordings.js";
import { startReplayServer } from "../support/replay-server.js";

const expected: Readonly<Record<string, string>> = {
  "cherrypick@4.17.0": "cherrypick",
  "iceshrimp@2026.5.1": "iceshrimp",
  "misskey@12.109.2": "misskey@12.109",
  "misskey@12.119.2": "misskey@12.110",
  "misskey@13.10.3": "misskey@13.0",
  "misskey@13.14.2": "misskey@13.11",
  "misskey@2023.11.1": "misskey@2023.10.2",
  "misskey@2023.12.2": "misskey@2023.12",
  "misskey@2024.10.1": "misskey@2024.10",
  "misskey@2024.9.0": "misskey@2024",
  "misskeyio@2025.4.1-mhq.13": "misskeyio",
  "sharkey@2024.9.1-rc": "sharkey@2023.9",
  "sharkey@2025.4.7": "sharkey@2025.4",
};
const nodeinfoOf = (server: string): string | undefined =>
  recordingNames(server, "api").find((name) => /^nodeinfo(-2\.0)?$/.test(name));
const told = recordedServers().filter((server) => nodeinfoOf(server) !== undefined);

test("every recorded nodeinfo is tried", () => {
  expect(told).toEqual(Object.keys(expected));
});

test.each(told)("%s is recognised by its nodeinfo, without a token", async (server) => {
  await using instance = await startReplayServer(server, { "nodeinfo/2.0": nodeinfoOf(server) ?? "" });
  const api = createApiClient({ origin: instance.url, token: "t0kent0kent0kent" });
  const { dialect, known, version } = await detectSoftware(api);
  expect(dialect && dialectName(dialect)).toBe(expected[server]);
  expect({ known, version }).toEqual({ known: true, version: server.split("@")[1] });
  expect(JSON.stringify(instance.requests)).not.toContain("t0kent0kent0kent");
});

test.each(told)("%s is recognised by its meta where nodeinfo is closed, as a Misskey", async (server) => {
  await using instance = await startReplayServer(server, { meta: "meta" });
  const { version } = await detectSoftware(createApiClient({ origin: instance.url }));
  expect(version).toBe(server.split("@")[1]);
});

describe("in a sandbox", () => {
  test.each(["misskey", "misskey@2023.12", "misskey@13.11", "misskey@12.119", "iceshrimp", "sharkey", "cherrypick"])(
    "that behaves as %s, what it says is what it does",
    async (spec) => {
      const box = await createSandbox({ dialect: spec });
      onTestFinished(() => box.close());
      const api = createApiClient({ origin: box.url });
      const software = await detectSoftware(api);
      const { api: rules } = software.dialect ?? {};
      const abilities = await detectAbilities(api, software);
      expect(software.known).toBe(true);
      expect(abilities).toMatchObject({
        updateRequires: rules?.updateRequires,
        testEndpoint: rules?.testEndpoint,
        systemWebhooks: rules?.systemWebhooks,
        secretRequired: rules?.secretRequired,
      });
      expect(abilities.events).toEqual(expect.arrayContaining(["note", "mention", "reaction"]));
    },
  );
});

async function instanceSaying(software: object | undefined) {
  const json = { "content-type": "application/json" };
  const server = await startRawServer(({ line }) =>
    line.startsWith("GET /nodeinfo/2.0") && software !== undefined
      ? answerWith(200, json, JSON.stringify({ software }))
      : answerWith(404, json, "{}"),
  );
  onTestFinished(() => server.close());
  return createApiClient({ origin: `http://127.0.0.1:${server.port}` });
}

describe("what isn't known", () => {
  test("a fork nobody has heard of is taken for the Misskey it is based on", async () => {
    const api = await instanceSaying({ name: "Novel", version: "9.9", basedMisskeyVersion: "13.14.0" });
    const software = await detectSoftware(api);
    expect(software).toMatchObject({ name: "novel", known: false, dialect: { family: "misskey", since: "13.11" } });
    expect(await detectAbilities(api, software)).toMatchObject({ source: "dialect", testEndpoint: false });
  });

  test("a Misskey from before webhooks", async () => {
    const api = await instanceSaying({ name: "misskey", version: "12.50.0" });
    await expect(detectSoftware(api).then((software) => detectAbilities(api, software))).rejects.toMatchObject({
      code: "no-webhooks",
      outcome: "refused",
    });
  });

  test("a server that says nothing", async () => {
    await expect(instanceSaying(undefined).then(detectSoftware)).rejects.toMatchObject({ code: "unknown-software" });
  });

  test("one that has moved says where to", async () => {
    const server = await startRawServer(() => answerWith(301, { location: "https://new.example/" }));
    onTestFinished(() => server.close());
    const api = createApiClient({ origin: `http://127.0.0.1:${server.port}` });
    await expect(detectSoftware(api)).rejects.toMatchObject({
      code: "instance-redirects",
      hint: expect.stringContaining("https://new.example") as string,
    });
  });

  test("one that is down is not taken for one that says nothing", async () => {
    const server = await startRawServer(() => (socket) => void socket.resetAndDestroy());
    onTestFinished(() => server.close());
    const api = createApiClient({ origin: `http://127.0.0.1:${server.port}` });
    await expect(detectSoftware(api)).rejects.toMatchObject({ code: "instance-hung-up", outcome: "unreachable" });
  });
});
