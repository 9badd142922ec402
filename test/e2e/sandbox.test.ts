// `misskey-hooks sandbox` as it ships: ready line, tokens, scripts, signals and errors.
import { mkdtemp, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startRecordingReceiver } from "../support/recording-receiver.js";
import { recordedServers } from "../support/recordings.js";
import { startProgram } from "../support/running-program.js";
import { callApi, type Json } from "../support/sandbox-api.js";

const linesOf = (stdout: string): Json[] =>
  stdout
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));

test("with --json, the first line says where it is and with which tokens; Ctrl-C ends it", async () => {
  const program = startProgram(["sandbox", "--port", "0", "--json"]);
  const ready: Json = JSON.parse(await program.line(/"ready"/));
  expect(ready).toMatchObject({ kind: "ready", url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) });
  expect(ready.users.map(({ username, admin }: Json) => [username, admin])).toEqual([
    ["admin", true],
    ["alice", false],
    ["bob", false],
  ]);
  const [, alice] = ready.users;
  expect((await callApi(ready, "i", { i: alice.token })).json.username).toBe("alice");
  program.signal("SIGINT");
  const { exitCode, stdout } = await program.ended;
  expect(exitCode).toBe(130);
  const request = linesOf(stdout).find(({ kind }) => kind === "request");
  expect(request).toMatchObject({ method: "POST", path: "/api/i", status: 200 });
});

test.each(recordedServers().filter((server) => !server.endsWith("-on-node22")))("--as %s", async (server) => {
  const program = startProgram(["sandbox", "--port", "0", "--json", "--as", server]);
  const ready: Json = JSON.parse(await program.line(/"ready"/));
  const { json } = await callApi(ready, "meta", { detail: false });
  expect(json.version).toBe(server.split("@")[1]);
  program.signal("SIGINT");
  expect((await program.ended).exitCode).toBe(130);
});

test("without --json, tokens come as a table with the two lines to copy", async () => {
  const program = startProgram(["sandbox", "--port", "0", "--users", "4"]);
  await program.line(/MISSKEY_HOOKS_TOKEN/);
  program.signal("SIGTERM");
  const { exitCode, stdout } = await program.ended;
  expect(exitCode).toBe(143);
  expect(stdout).toMatch(/alice +\S{16} +[A-Za-z0-9]{16}/);
  expect(stdout).toContain("carol");
  expect(stdout).toMatch(/^export MISSKEY_HOOKS_INSTANCE=http:\/\/127\.0\.0\.1:\d+$/m);
});

test("a script drives a scenario: later lines refer to earlier ones, and it ends when all is delivered", async () => {
  await using receiver = await startRecordingReceiver();
  const script = [
    "# a mention and an answer to it",
    `{"as":"alice","do":"i/webhooks/create","with":{"name":"h","url":"${receiver.url}/","secret":"hush","on":["mention","reply"]}}`,
    '{"as":"bob","do":"notes/create","with":{"text":"hi @alice"},"name":"first"}',
    '{"do":"settled"}',
    '{"as":"alice","do":"notes/create","with":{"text":"hi!","replyId":"{{first.createdNote.id}}"},"name":"answer"}',
    '{"as":"bob","do":"notes/create","with":{"text":"well","replyId":"{{answer.createdNote.id}}"}}',
    '{"as":"bob","do":"notes/show","with":{"noteId":"none"},"expect":"NO_SUCH_NOTE"}',
  ].join("\n");
  const program = startProgram(["sandbox", "--port", "0", "--json", "--script", "-"], { input: script });
  const { exitCode, stdout } = await program.ended;
  expect(exitCode).toBe(0);
  expect(receiver.requests.map(({ json }) => json["type"])).toEqual(["mention", "mention", "reply"]);
  const actions = linesOf(stdout).filter(({ kind }) => kind === "action");
  expect(actions.map(({ line }) => line)).toEqual([2, 3, 4, 5, 6, 7]);
  expect(actions.at(-1)).toMatchObject({ refused: "NO_SUCH_NOTE" });
  expect(stdout).not.toContain("hush");
});

test.each([
  ["{", 2, "broken-script-line", /^Line 2 /],
  ['{"as":"bob","do":"notes/create","wiht":{}}', 2, "broken-script-line", /Line 2 .*wiht/],
  ['{"as":"zoe","do":"notes/create"}', 2, "broken-script-line", /Line 2 .*zoe/],
  ['{"as":"bob","do":"notes/nope"}', 2, "broken-script-line", /Line 2 .*notes\/nope/],
  ['{"as":"bob","do":"notes/show","with":{"noteId":"{{nothing.id}}"}}', 2, "broken-script-line", /nothing\.id/],
  ['{"as":"bob","do":"notes/show","with":{"noteId":"zzz"}}', 4, "no-such-note", /Line 2 .*No such note/],
])("a line that can't be done ends the run with its number: %s", async (line, code, name, message) => {
  const input = `{"as":"bob","do":"notes/create","with":{"text":"fine"}}\n${line}\n`;
  const { exitCode, stderr } = await startProgram(["sandbox", "--port", "0", "--json", "--script", "-"], { input })
    .ended;
  expect(exitCode).toBe(code);
  const { error }: Json = JSON.parse(stderr);
  expect(error).toMatchObject({ code: name, message: expect.stringMatching(message) });
});

test("a taken port and a corrupt state file are errors of this machine", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  const taken = await startProgram(["sandbox", "--port", String(port), "--json"]).ended;
  server.close();
  expect([taken.exitCode, JSON.parse(taken.stderr).error.code]).toEqual([5, "port-in-use"]);
  const file = join(await mkdtemp(join(tmpdir(), "sandbox-e2e-")), "state.json");
  await writeFile(file, "rubbish");
  const corrupt = await startProgram(["sandbox", "--port", "0", "--json", "--state", file]).ended;
  expect([corrupt.exitCode, JSON.parse(corrupt.stderr).error.code]).toEqual([5, "corrupt-state"]);
});

test("killed at any moment, it starts again with everything that it had answered", async () => {
  const file = join(await mkdtemp(join(tmpdir(), "sandbox-e2e-")), "state.json");
  const program = startProgram(["sandbox", "--port", "0", "--json", "--state", file]);
  const ready: Json = JSON.parse(await program.line(/"ready"/));
  const i = ready.users[1].token;
  const answered: string[] = [];
  const posting = (async () => {
    for (let n = 0; ; n++) {
      const { json } = await callApi(ready, "notes/create", { i, text: `note ${n}` });
      answered.push(json.createdNote.id);
      if (n === 20) program.signal("SIGKILL");
    }
  })();
  await posting.catch(() => {});
  expect(answered.length).toBeGreaterThan(20);
  const again = startProgram(["sandbox", "--port", "0", "--json", "--state", file]);
  const second: Json = JSON.parse(await again.line(/"ready"/));
  expect(second.users[1].token).toBe(i);
  for (const noteId of answered) expect((await callApi(second, "notes/show", { noteId })).status).toBe(200);
});
