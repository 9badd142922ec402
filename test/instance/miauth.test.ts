import { onTestFinished, expect, test } from "vitest";
import { awaitApproval, createApiClient } from "../../src/instance/index.js";
import { answerWith, type RawAnswer, startRawServer } from "../support/raw-server.js";

const json = { "content-type": "application/json; charset=utf-8" };
const notYet = answerWith(200, json, '{"ok":false}');
const approved = answerWith(200, json, '{"ok":true,"token":"t0kent0kent0kent","user":{"id":"1","username":"alice"}}');
const lost: RawAnswer = (socket) => socket.destroy();

/** Waits until `answers` are used up and a minute of made-up time is over; each question takes none of it. */
async function waitFor(...answers: readonly RawAnswer[]) {
  const server = await startRawServer((_request, index) => answers[index] ?? notYet);
  onTestFinished(() => server.close());
  const api = createApiClient({ origin: `http://127.0.0.1:${server.port}` });
  let nowMs = 0;
  return awaitApproval(api, "5e5510n", {
    timeoutMs: 60_000,
    signal: new AbortController().signal,
    now: () => nowMs,
    sleep: async (ms) => void (nowMs += ms),
  });
}

test("asks until there is an approval", async () => {
  const approval = await waitFor(notYet, notYet, approved);
  expect(approval.account).toEqual({ id: "1", username: "alice" });
  expect(approval.token.reveal()).toBe("t0kent0kent0kent");
});

test("a connection that breaks is asked anew", async () => {
  expect((await waitFor(notYet, lost, approved)).account.username).toBe("alice");
});

test("nobody approves", async () => {
  await expect(waitFor()).rejects.toMatchObject({
    code: "not-approved",
    outcome: "unreachable",
    hint: expect.stringContaining("--wait 15m") as string,
  });
});

test("the approval itself may have been lost on its way, since it is given once", async () => {
  await expect(waitFor(notYet, lost)).rejects.toMatchObject({
    code: "not-approved",
    hint: expect.stringContaining("even if you did") as string,
  });
});
