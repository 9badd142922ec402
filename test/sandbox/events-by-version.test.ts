// Which version has which event is known once: send, validate, check, hooks and the sandbox all say the same.
import { describe, expect, test } from "vitest";
import type { UsageError } from "../../src/errors.js";
import { checkDelivery, dialectName, dialects, events, eventsOf, resolveDialect } from "../../src/protocol/index.js";
import { buildSample, seededSource } from "../../src/samples/index.js";
import { createSandbox } from "../../src/sandbox/index.js";
import { runCli } from "../support/run-cli.js";
import { callApi, tokenOf } from "../support/sandbox-api.js";

const reports = ["abuseReport", "abuseReportResolved", "userCreated"];
const moderators = ["inactiveModeratorsWarning", "inactiveModeratorsInvitationOnlyChanged"];
const systemEventsOf = (as: string) =>
  eventsOf(resolveDialect(as)).flatMap(({ scope, name }) => (scope === "system" ? [name] : []));

// Read in the sources of Misskey's tags; Sharkey 2024.9.1-rc refused the two others.
test.each([
  ["misskey@2024.5.0", []],
  ["misskey@2024.7.0", reports],
  ["misskey@2024.9.0", reports],
  ["misskey@2024.10.0", reports],
  ["misskey@2024.10.1", [...reports, ...moderators]],
  ["misskey@2024.10", [...reports, ...moderators]],
  ["misskey", [...reports, ...moderators]],
  ["sharkey@2024.9.1-rc", reports],
  ["sharkey", [...reports, ...moderators]],
  ["iceshrimp", []],
])("the system events of %s", (as, names) => {
  expect(systemEventsOf(as)).toEqual(names);
});

const specs = [...dialects.map(dialectName), "misskey@2024.2", "misskey@2024.7.0", "misskey@2024.10.0"];

describe.each(specs)("%s", (spec) => {
  const dialect = resolveDialect(spec);
  const own = new Set(eventsOf(dialect).map(({ name }) => name));
  const names = events.map(({ name }) => name);

  test("validate and send", () => {
    const isForeign = (type: string) =>
      checkDelivery({ body: { type, body: {} } }, { as: dialect }).findings.some(
        ({ code }) => code === "foreign-event",
      );
    const sent = events.filter(({ sent: isSent }) => isSent).map(({ name }) => name);
    const isSendable = (event: string) => {
      try {
        return buildSample({ ...seededSource("1"), event, dialect }).event === event;
      } catch (error) {
        expect((error as UsageError).code).toBe("event-not-in-dialect");
        return false;
      }
    };
    expect(sent.filter((name) => !isForeign(name))).toEqual(sent.filter((name) => own.has(name)));
    expect(sent.filter(isSendable)).toEqual(sent.filter((name) => own.has(name)));
  });

  test("the sandbox's API", async () => {
    const sandbox = await createSandbox({ dialect });
    const accepts = async (name: string, scope: string): Promise<boolean> => {
      const path = scope === "system" ? "admin/system-webhook" : "i/webhooks";
      const i = tokenOf(sandbox, "admin");
      const hook = { i, name: "x", url: "http://127.0.0.1:9/", secret: "s", isActive: true, on: [name] };
      const { status, json } = await callApi(sandbox, `${path}/create`, hook);
      if (status !== 200) return false;
      const gone = scope === "system" ? { i, id: json.id } : { i, webhookId: json.id };
      expect((await callApi(sandbox, `${path}/delete`, gone)).status).toBe(204);
      return true;
    };
    const accepted: string[] = [];
    for (const { name, scope } of events) if (await accepts(name, scope)) accepted.push(name);
    await sandbox.close();
    expect(accepted).toEqual(names.filter((name) => own.has(name)));
  });
});

test.each([
  ["misskey@2024.10.0", "inactiveModeratorsWarning", false],
  ["misskey@2024.10.1", "inactiveModeratorsWarning", true],
  ["sharkey@2024.9", "edited", true],
  ["misskey", "edited", false],
])("check as %s knows %s: %s", async (as, event, known) => {
  const { stderr } = await runCli(["check", "http://127.0.0.1:9/", "--secret", "s", "--as", as, "--on", event]);
  expect(stderr.includes(`no event called “${event}”`)).toBe(!known);
});

test.each([
  ["misskey@2024.9.0", reports],
  ["misskey@2024.10.1", [...reports, ...moderators]],
])("hooks create --on all on %s", async (dialect, on) => {
  const sandbox = await createSandbox({ dialect });
  const env = { MISSKEY_HOOKS_INSTANCE: sandbox.url, MISSKEY_HOOKS_TOKEN: tokenOf(sandbox, "admin") };
  const args = ["--name", "x", "--url", "http://127.0.0.1:9/", "--secret", "s", "--on", "all", "--json"];
  const { stdout, stderr } = await runCli(["hooks", "create", "--system", ...args], { env });
  await sandbox.close();
  expect(JSON.parse(stdout || stderr)).toMatchObject({ on });
});
