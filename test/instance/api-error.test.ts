import { expect, test } from "vitest";
import { MisskeyHooksError } from "../../src/errors.js";
import { ApiError, createApiClient } from "../../src/instance/index.js";
import { recordedServers, recordingNames } from "../support/recordings.js";
import { recordedAnswer, startReplayServer } from "../support/replay-server.js";

async function refusal(server: string, endpoint: string, recording: string): Promise<MisskeyHooksError> {
  await using instance = await startReplayServer(server, { [endpoint]: recording });
  const api = createApiClient({ origin: instance.url, token: "token" });
  const error: unknown = await api.call(endpoint).catch((reason: unknown) => reason);
  if (error instanceof MisskeyHooksError) return error;
  throw new Error(`${server} ${recording}: not an error of ours: ${String(error)}`);
}

test.each([
  ["misskey@2026.3.2", "i/webhooks/create", "create-too-many", "too-many-webhooks", /hooks list/],
  ["misskey@13.14.2", "i/webhooks/create", "create-5th", "too-many-webhooks", /hooks list/],
  ["misskey@2026.3.2", "i/webhooks/show", "show-bad-id", "no-such-webhook", /hooks list/],
  ["misskey@12.119.2", "i/webhooks/update", "update-bad-id", "no-such-webhook", /hooks list/],
  ["iceshrimp@2026.5.1", "i/webhooks/delete", "delete-bad-id", "no-such-webhook", /hooks list/],
  ["misskey@2026.3.2", "i/webhooks/create", "app-read-create", "permission-denied", /write:account/],
  ["misskey@12.119.2", "i/webhooks/create", "app-read-create", "permission-denied", /write:account/],
  ["misskey@2026.3.2", "i/webhooks/test", "app-rw-test", "access-denied", /misskey-hooks send/],
  ["misskeyio@2025.4.1-mhq.13", "i/webhooks/test", "app-rw-test", "access-denied", /misskey-hooks send/],
  ["misskey@2023.12.2", "i/webhooks/test", "test", "endpoint-missing", /misskey-hooks send/],
  ["misskey@12.119.2", "i/webhooks/test", "test", "endpoint-missing", /misskey-hooks send/],
  ["iceshrimp@2026.5.1", "i/webhooks/test", "test-mention", "endpoint-missing", /misskey-hooks send/],
  ["misskey@2026.3.2", "admin/system-webhook/create", "system-create-nonadmin", "role-permission-denied", /neither/],
  [
    "misskeyio@2025.4.1-mhq.13",
    "i/webhooks/create",
    "create-report-events-not-admin",
    "not-an-administrator",
    /report/,
  ],
  ["misskey@2026.3.2", "i/webhooks/list", "bad-token-list", "authentication-failed", /MISSKEY_HOOKS_TOKEN/],
  ["misskey@12.119.2", "i/webhooks/list", "bad-token-list", "authentication-failed", /MISSKEY_HOOKS_TOKEN/],
  ["iceshrimp@2026.5.1", "i/webhooks/list", "bad-token-list", "authentication-failed", /MISSKEY_HOOKS_TOKEN/],
  ["sharkey@2024.9.1-rc", "i/webhooks/list", "no-credential-list", "credential-required", /MISSKEY_HOOKS_TOKEN/],
  ["misskey@2026.3.2", "i/webhooks/test", "test-rate-limited", "rate-limited", /15 min/],
  ["misskey@13.14.2", "i/webhooks/create", "create-missing-secret", "invalid-param", /--generate-secret/],
  ["iceshrimp@2026.5.1", "i/webhooks/create", "create-secret-empty", "invalid-param", /--generate-secret/],
  ["misskey@2026.3.2", "i/webhooks/create", "create-wrong-on", "invalid-param", /events/],
  ["misskey@2026.3.2", "i/webhooks/update", "update-nothing", "instance-failed", /administrator/],
])("%s %s, %s: %s", async (server, endpoint, recording, code, hint) => {
  const error = await refusal(server, endpoint, recording);
  expect(error).toMatchObject({ code, outcome: "refused" });
  expect(`${error.message} ${error.hint}`).toMatch(hint);
});

test("an API error keeps what the instance said", async () => {
  const error = await refusal("misskey@2026.3.2", "i/webhooks/create", "create-too-many");
  expect(error).toBeInstanceOf(ApiError);
  expect(error).toMatchObject({
    apiCode: "TOO_MANY_WEBHOOKS",
    apiId: "87a9bb19-111e-4e37-81d3-a3e7426453b0",
    status: 400,
    endpoint: "i/webhooks/create",
  });
});

test("a field that is too long is named, with the instance's reason", async () => {
  const error = await refusal("misskey@2026.3.2", "i/webhooks/create", "create-url-1025");
  expect(error.message).toContain("“url”");
  expect(error.message).toContain("must NOT have more than 1024 characters");
});

const recordedErrors = recordedServers().flatMap((server) =>
  recordingNames(server, "api")
    // Notification recipients are the sandbox's alone: nothing of ours asks an instance to change them.
    .filter((name) => !name.startsWith("abuse-recipient-") && recordedAnswer(server, name).status >= 400)
    .map((name) => [server, name] as const),
);

test("every error that was ever recorded has words of ours", async () => {
  expect(recordedErrors.length).toBeGreaterThan(200);
  const bodiless = new Set(["wellknown-nodeinfo", "get-method", "meta-get", "bad-json"]);
  for (const [server, name] of recordedErrors) {
    const { code } = await refusal(server, "i/webhooks/list", name);
    const expected = bodiless.has(name) ? /^(not-an-api-answer|endpoint-missing)$/ : /^(?!api-error|not-an-api-answer)/;
    expect(code, `${server} ${name}`).toMatch(expected);
  }
});
