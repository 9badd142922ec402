import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { writeFile, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { recordedDelivery } from "../support/recorded-delivery.js";
import { type RunningProgram, startProgram } from "../support/running-program.js";

const secret = "e2e-secret";
const mention = recordedDelivery("misskey@2026.3.2/deliveries/mention", secret);
const note = recordedDelivery("misskey@2026.3.2/deliveries/note", secret);
const testDelivery = recordedDelivery("misskey@2026.3.2/test-deliveries/note", secret);

interface Listening extends RunningProgram {
  readonly url: string;
  readonly send: (delivery: typeof mention) => Promise<number>;
}

/** `listen` on a free port, once it is ready. */
async function listening(args: readonly string[], options?: Parameters<typeof startProgram>[1]): Promise<Listening> {
  const program = startProgram(["listen", "--port", "0", ...args], options);
  const line = await program.line(/http:\/\//);
  const url = /http:\/\/[^\s"]+/.exec(line)?.[0] ?? "";
  const send = async (delivery: typeof mention): Promise<number> =>
    (await fetch(url, { method: "POST", ...delivery })).status;
  return { ...program, url, send };
}

/** stdout of `--json`, parsed. */
function objects(stdout: string): Record<string, unknown>[] {
  return stdout.split("\n").map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe("for a person", () => {
  test("each delivery is a line, with its findings under it; Ctrl-C sums up and exits 130", async () => {
    const { send, line, signal, ended } = await listening(["--secret", secret]);
    expect(await send(mention)).toBe(204);
    await line(/204 +mention +@bob +hi @alice how are you/);
    expect(await send(mention)).toBe(204);
    await line(/mention .*redelivery/);
    expect(await send(testDelivery)).toBe(204);
    await line(/note .*test button/);
    const hostile = mention.body
      .replace('"public"', '"privat"')
      .replace("hi @alice", String.raw`\u001b[31m\u202ehi @alice`);
    expect(await send({ ...mention, body: hostile })).toBe(204);
    await line(/error +body\.note\.visibility: expected .*"privat".*\[wrong-value\]/);
    await line(/@bob +\\u\{1b\}\[31m\\u\{202e\}hi @alice how are you/);
    expect(await send(recordedDelivery("misskey@2026.3.2/deliveries/note", "wrong"))).toBe(401);
    await line(/401 +rejected: the secret in x-misskey-hook-secret is wrong/);
    signal("SIGINT");
    const { exitCode, stdout, stderr } = await ended;
    expect(exitCode).toBe(130);
    expect(stderr).toContain("Stopped: 5 deliveries, 1 rejected, 1 with findings, 2 redeliveries.");
    expect(stdout + stderr).not.toContain(secret);
  });

  test("a secret is made up when there is none, and shown with what to do with it", async () => {
    const { url, line, signal, ended, send } = await listening([]);
    const made = /own: ([0-9a-f]{32})$/.exec(await line(/No secret was given/))?.[1] ?? "";
    await line(new RegExp(`send mention ${url} `));
    await line(new RegExp(`MISSKEY_HOOKS_SECRET=${made} (npx )?misskey-hooks hooks create --url ${url} `));
    expect(await send(recordedDelivery("misskey@2026.3.2/deliveries/mention", made))).toBe(204);
    expect(await send(mention)).toBe(401);
    signal("SIGTERM");
    expect((await ended).exitCode).toBe(143);
  });

  test("--quiet tells only what is remarkable", async () => {
    const { send, ended } = await listening(["--secret", secret, "--count", "2", "--json", "--quiet"]);
    await send(mention);
    await send({ ...mention, body: "{}" });
    const { stdout, exitCode } = await ended;
    expect(objects(stdout).map(({ kind, ok }) => [kind, ok])).toEqual([
      ["ready", undefined],
      ["delivery", false],
      ["end", undefined],
    ]);
    expect(exitCode).toBe(1);
  });

  test("other addresses than this machine's own are warned of", async () => {
    const { line, url } = await listening(["--secret", "", "--host", "0.0.0.0"]);
    await line(/warning: Listening on 0\.0\.0\.0: others on the network can reach/);
    await line(/warning: One of the secrets is empty/);
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:/);
  });
});

describe("for a script", () => {
  test("--count ends it with 0, and every line is JSON", async () => {
    const { send, ended } = await listening(["--count", "2", "--json"], { env: { MISSKEY_HOOKS_SECRET: secret } });
    await send(mention);
    await send(note);
    const { exitCode, stdout, stderr } = await ended;
    expect(exitCode).toBe(0);
    expect(stderr).toBe("");
    const [ready, first, second, end, ...more] = objects(stdout);
    expect(ready).toEqual({ kind: "ready", url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/$/) });
    expect(Object.keys(first ?? {})).toEqual(
      "kind at status ok event eventId hookId dialect bytes redelivery findings".split(" "),
    );
    expect([first?.["event"], second?.["event"]]).toEqual(["mention", "note"]);
    expect(end).toMatchObject({ kind: "end", reason: "count", counts: { deliveries: 2, accepted: 2, rejected: 0 } });
    expect(more).toEqual([]);
  });

  test("the ready line holds the secret when it was made up", async () => {
    const { line } = await listening(["--json"]);
    expect(JSON.parse(await line(/ready/))).toMatchObject({ secret: expect.stringMatching(/^[0-9a-f]{32}$/) });
  });

  test("1 when something was rejected, was unexpected, or had errors", async () => {
    for (const [args, delivery] of [
      [[], recordedDelivery("misskey@2026.3.2/deliveries/note", "wrong")],
      [["--on", "mention"], note],
      [["--strict"], { ...note, body: note.body.replace('"public"', '"privat"') }],
    ] as const) {
      const { send, ended } = await listening(["--secret", secret, "--count", "1", ...args]);
      await send(delivery);
      expect((await ended).exitCode).toBe(1);
    }
  });

  test("3 when the time ran out first, and a browser or a health check is no delivery", async () => {
    const { url, ended } = await listening(["--secret", secret, "--count", "1", "--timeout", "300ms", "--json"]);
    expect((await fetch(url)).status).toBe(405);
    const { exitCode, stdout } = await ended;
    expect(exitCode).toBe(3);
    expect(objects(stdout).at(-1)).toMatchObject({ reason: "timeout", counts: { deliveries: 0, probes: 1 } });
  });

  test("--timeout without --count is content with any delivery", async () => {
    const { send, ended } = await listening(["--secret", secret, "--timeout", "500ms"]);
    await send(mention);
    expect((await ended).exitCode).toBe(0);
  });

  test("secrets come from values and a file, and all of them count", async () => {
    const folder = await mkdtemp(join(tmpdir(), "listen-"));
    await writeFile(join(folder, "secret"), `${secret}\n`);
    const { send, ended } = await listening([
      "--secret",
      "a",
      "--secret",
      "b",
      "--secret-file",
      join(folder, "secret"),
      "--count",
      "4",
    ]);
    const statuses: number[] = [];
    for (const value of ["a", "b", secret, "c"]) {
      statuses.push(await send(recordedDelivery("misskey@2026.3.2/deliveries/note", value)));
    }
    expect(statuses).toEqual([204, 204, 204, 401]);
    expect((await ended).exitCode).toBe(1);
  });

  test("--path, --max-body and --as reach the receiver", async () => {
    const { url, send, ended } = await listening([
      "--secret",
      secret,
      "--path",
      "hook",
      "--max-body",
      "1KiB",
      "--as",
      "iceshrimp",
      "--count",
      "3",
    ]);
    expect(url).toMatch(/\/hook$/);
    expect((await fetch(new URL("/", url), { method: "POST", ...mention })).status).toBe(404);
    expect(await send(note)).toBe(401);
    expect(await send({ ...note, body: " ".repeat(1025) })).toBe(413);
    expect((await ended).exitCode).toBe(1);
  });
});

describe("what can't be", () => {
  test("a taken port is 5, with a way out", async () => {
    const taken = createServer();
    onTestFinished(() => void taken.close());
    await once(taken.listen(0, "127.0.0.1"), "listening");
    const { port } = taken.address() as AddressInfo;
    const { exitCode, stdout, stderr } = await startProgram(["listen", "--port", String(port), "--json"]).ended;
    expect([exitCode, stdout]).toEqual([5, ""]);
    expect(JSON.parse(stderr)).toEqual({
      error: {
        code: "port-in-use",
        message: `Port ${port} on 127.0.0.1 is in use by another program.`,
        hint: expect.stringContaining("--port 0"),
      },
    });
  });

  test.each([
    [["--port", "70000"], "port"],
    [["--count", "0"], "whole number"],
    [["--timeout", "5"], "duration"],
    [["--path", "/a?b"], "path"],
    [["--as", "mastodon"], "No dialect"],
    [["--secret", "日本"], "No server could send"],
    [["--secret"], "no terminal"],
  ])("%j is a usage error", async (args, message) => {
    const { exitCode, stderr } = await startProgram(["listen", ...args]).ended;
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/\n {4}at /);
  });
});
