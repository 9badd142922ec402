import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { CaptureWriter } from "../../src/captures/index.js";
import { someCapture } from "../captures/some-capture.js";
import { recordedDelivery } from "../support/recorded-delivery.js";
import { runCli, type RunResult } from "../support/run-cli.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const secret = "the-secret-of-the-hook";

interface Received {
  readonly path: string;
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
}

/** A handler that answers with this status, once each delivery has come whole. */
async function startHandler(status = 204, text = ""): Promise<{ readonly url: string; readonly received: Received[] }> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    void buffer(request).then((body) => {
      received.push({ path: request.url ?? "", rawHeaders: request.rawHeaders, body });
      response.writeHead(status).end(text);
      return undefined;
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, received };
}

/** Runs `listen` until it has taken these, and gives the store and what it printed. */
async function keep(
  deliveries: readonly { readonly headers: Record<string, string>; readonly body: string | Uint8Array }[],
  args: readonly string[] = [],
): Promise<{ readonly store: string; readonly run: RunResult }> {
  const store = join(await temporaryFolder(), "store");
  const sent: Promise<unknown>[] = [];
  const run = await runCli(
    [
      "listen",
      "--port",
      "0",
      "--json",
      "--secret",
      secret,
      "--captures",
      store,
      "--count",
      String(deliveries.length),
      ...args,
    ],
    {
      env: { MISSKEY_HOOKS_NO_CAPTURE: "" },
      onStdout: (line) => {
        const event = JSON.parse(line) as { kind: string; url: string };
        if (event.kind !== "ready") return;
        sent.push(
          (async () => {
            for (const { headers, body } of deliveries) {
              await fetch(`${event.url}in`, { method: "POST", headers, body: body as string });
            }
          })(),
        );
      },
    },
  );
  await Promise.all(sent);
  return { store, run };
}

const mention = recordedDelivery("misskey@2026.3.2/deliveries/mention", secret);
const reply = recordedDelivery("misskey@2026.3.2/deliveries/reply", secret);

describe("what listen keeps", () => {
  test("is listed, refused ones too, without a secret anywhere", async () => {
    const wrong = { ...reply, headers: { ...reply.headers, "x-misskey-hook-secret": "somebody-else's-secret" } };
    const { store } = await keep([mention, wrong]);
    const { stdout, exitCode } = await runCli(["captures", "list", "--captures", store, "--json"]);
    expect(exitCode).toBe(0);
    const lines = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.map((line) => Object.keys(line))).toEqual(
      lines.map(() => [
        "id",
        "at",
        "event",
        "eventId",
        "status",
        "ok",
        "dialect",
        "bytes",
        "redelivery",
        "findings",
        "forwards",
      ]),
    );
    expect(lines.map(({ event, status, ok, bytes }) => [event, status, ok, bytes])).toEqual([
      ["mention", 204, true, Buffer.byteLength(mention.body)],
      [null, 401, false, Buffer.byteLength(reply.body)],
    ]);
    const files = await Promise.all((await readdir(store)).map((name) => readFile(join(store, name), "utf8")));
    expect(files.join("")).not.toMatch(/the-secret-of-the-hook|somebody-else's-secret/);
  });

  test("tells what a handler answered", async () => {
    const handler = await startHandler(500);
    const { store } = await keep([mention], ["--forward-to", handler.url]);
    const { stdout } = await runCli(["captures", "list", "--captures", store, "--json"]);
    expect(JSON.parse(stdout)).toMatchObject({ forwards: [{ url: handler.url, status: 500, ms: expect.any(Number) }] });
    const unforwarded = await runCli(["captures", "list", "--captures", store, "--json", "--unforwarded"]);
    expect(unforwarded.stdout).toBe(stdout);
  });

  test.each([["--no-capture"], ["--count=1"]])("nothing with %s and MISSKEY_HOOKS_NO_CAPTURE", async (option) => {
    const store = join(await temporaryFolder(), "store");
    const env = { MISSKEY_HOOKS_NO_CAPTURE: option === "--no-capture" ? "" : "1" };
    await runCli(["listen", "--port", "0", "--timeout", "50ms", "--captures", store, option], { env });
    await expect(readdir(store)).rejects.toMatchObject({ code: "ENOENT" });
  });

  test("goes on without a store that it can't use, and says what wasn't kept", async () => {
    const store = join(await temporaryFolder(), "file");
    await writeFile(store, "");
    const sent: Promise<Response>[] = [];
    const { exitCode, stderr } = await runCli(
      ["listen", "--port", "0", "--json", "--secret", secret, "--captures", store, "--count", "1"],
      {
        env: { MISSKEY_HOOKS_NO_CAPTURE: "" },
        onStdout: (line) => {
          const event = JSON.parse(line) as { kind: string; url: string };
          if (event.kind === "ready") sent.push(fetch(event.url, { method: "POST", ...mention }));
        },
      },
    );
    expect((await sent[0])?.status).toBe(204);
    expect(exitCode).toBe(0);
    expect(stderr.match(/deliveries aren't kept/g)).toHaveLength(1);
    expect(stderr).toContain("1 delivery was answered and not kept.");
  });

  test("with --where is all, and what is shown is what is meant", async () => {
    const { store, run } = await keep([mention, reply], ["--where", 'event == "reply"']);
    expect(run.stdout.match(/"kind":"delivery"/g)).toHaveLength(1);
    const { stdout } = await runCli(["captures", "list", "--captures", store, "--json"]);
    expect(stdout.trimEnd().split("\n")).toHaveLength(2);
  });
});

const oddBodies = [
  `{"type":"mention","a":"\u009D\u200B\u2028"}`,
  '{"type":"mention","a":1.0,"b":12345678901234567890,"a":2}',
  '{ "z":1,\r\n\t"type":"\\u006eote" , "body":{"x":"\\/é\\ud83d\\ude00"}}',
  "\uFEFFnot JSON",
].map((body) => ({ headers: mention.headers, body }));

describe("what goes out again", () => {
  test("is byte for byte what came, with the same headers, from listen, export and replay", async () => {
    const handler = await startHandler();
    const { store } = await keep([mention, ...oddBodies.slice(0, 3)], ["--forward-to", handler.url]);
    const forwarded = handler.received.splice(0).toSorted((a, b) => a.body.compare(b.body));
    const { exitCode } = await runCli([
      "replay",
      "--since",
      "1h",
      "--captures",
      store,
      "--to",
      handler.url,
      "--secret",
      secret,
    ]);
    expect(exitCode).toBe(0);
    expect(handler.received.toSorted((a, b) => a.body.compare(b.body))).toEqual(forwarded);
    const { stdout } = await runCli(["captures", "export", "-", "--captures", store]);
    const exported = stdout
      .trimEnd()
      .split("\n")
      .map((line) => (JSON.parse(line) as { bodyRaw: string }).bodyRaw);
    expect(exported).toEqual([mention, ...oddBodies.slice(0, 3)].map(({ body }) => body));
  });

  test("needs the secret, and never sends a fingerprint", async () => {
    const handler = await startHandler();
    const { store } = await keep([mention]);
    const refused = await runCli(["replay", "last", "--captures", store, "--to", handler.url]);
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toContain("--secret");
    expect(handler.received).toEqual([]);
    const json = await runCli([
      "replay",
      "last",
      "--captures",
      store,
      "--to",
      handler.url,
      "--secret",
      secret,
      "--json",
    ]);
    expect(JSON.parse(json.stdout)).toEqual({
      ok: true,
      id: expect.stringMatching(/^[\da-f]{12}$/),
      url: handler.url,
      recorded: { status: 204 },
      answered: { status: 204, ms: expect.any(Number) },
      bytes: Buffer.byteLength(mention.body),
    });
    expect(handler.received[0]?.rawHeaders).toContain(secret);
  });

  test("changed where that is asked for, and nowhere else", async () => {
    const handler = await startHandler();
    const { store } = await keep([mention]);
    const replay = (...args: string[]): Promise<RunResult> =>
      runCli(["replay", "last", "--captures", store, "--to", handler.url, "--secret", secret, ...args]);
    await replay("--new-event-id");
    await replay("--set", "note.text=changed");
    const [renamed, changed] = handler.received.map(({ body }) => body.toString());
    const withoutId = (text = ""): string => text.replace(/"eventId":"[^"]+"/, "");
    expect(renamed).not.toBe(mention.body);
    expect(withoutId(renamed)).toBe(withoutId(mention.body));
    expect(JSON.parse(changed ?? "")).toMatchObject({ body: { note: { text: "changed" } } });
  });

  test("a refusal is shown with what it says", async () => {
    const handler = await startHandler(500, "no such table: notes");
    const { store } = await keep([mention]);
    const args = ["replay", "last", "--captures", store, "--to", handler.url, "--secret", secret];
    const { stdout } = await runCli([...args, "--json"]);
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, answered: { status: 500, body: "no such table: notes" } });
    expect((await runCli(args)).stdout).toContain("it says: no such table: notes");
  });

  test.each([
    [["last"], 500, 1],
    [["last", "--expect", "5xx"], 500, 0],
    [["ffffffffffff"], 204, 2],
    [["event = 1"], 204, 2],
    [[], 204, 2],
  ])("replay %j, answered %i, ends with %i", async (args, status, code) => {
    const handler = await startHandler(status);
    const { store } = await keep([mention]);
    const { exitCode } = await runCli([
      "replay",
      ...args,
      "--captures",
      store,
      "--to",
      handler.url,
      "--secret",
      secret,
    ]);
    expect(exitCode).toBe(code);
  });

  test("ends with 3 when nobody answers", async () => {
    const { store } = await keep([mention]);
    const { exitCode } = await runCli([
      "replay",
      "last",
      "--captures",
      store,
      "--to",
      "http://127.0.0.1:1/",
      "--secret",
      "x",
    ]);
    expect(exitCode).toBe(3);
  });
});

describe("what a capture can be shown as", () => {
  test.each(["pretty", "json", "curl", "http", "har"])("%s, without a secret", async (format) => {
    const { store } = await keep([mention]);
    const { stdout, exitCode } = await runCli(["captures", "show", "last", "--as", format, "--captures", store]);
    expect(exitCode).toBe(0);
    expect(stdout).not.toContain(secret);
    expect(stdout).toContain("atum239nig0q001r");
  });
});

describe("stores, files and fixtures", () => {
  test("an export is imported elsewhere, once; a saved capture is a fixture that validates", async () => {
    const { store } = await keep([mention, reply]);
    const folder = await temporaryFolder();
    const [file, fixture, other] = ["a.ndjson", "b.json", "other"].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    await runCli(["captures", "export", file, "--captures", store]);
    const first = await runCli(["captures", "import", file, "--captures", other, "--json"]);
    const again = await runCli(["captures", "import", file, "--captures", other, "--json"]);
    expect([first, again].map(({ stdout }) => JSON.parse(stdout) as unknown)).toEqual([
      { imported: 2, known: 0, lost: 0 },
      { imported: 0, known: 2, lost: 0 },
    ]);
    await runCli(["captures", "save", "last", fixture, "--captures", store]);
    expect((await runCli(["captures", "save", "last", fixture, "--captures", store])).exitCode).toBe(5);
    for (const path of [fixture, file, store])
      expect((await runCli(["validate", path, "--as", "misskey"])).exitCode).toBe(0);
  });

  test("clear asks, and needs --yes where there is nobody to ask", async () => {
    const { store } = await keep([mention]);
    expect((await runCli(["captures", "clear", "--captures", store])).exitCode).toBe(2);
    const kept = await runCli(["captures", "clear", "--captures", store], {
      dialogue: [["Delete the captures", "n\n"]],
    });
    expect(kept.stderr).toContain("Not deleted.");
    const { stdout } = await runCli(["captures", "clear", "--yes", "--captures", store, "--json"]);
    expect(JSON.parse(stdout)).toEqual({ cleared: 1, inUse: 0 });
    expect((await runCli(["captures", "list", "--captures", store])).stderr).toContain("There are no such captures.");
  });
});

test("tail shows what comes, and ends with Ctrl-C", async () => {
  const { store } = await keep([mention]);
  const lines: string[] = [];
  let stop = (): void => {};
  const added = new CaptureWriter(store);
  onTestFinished(() => added.close());
  const { exitCode } = await runCli(["captures", "tail", "--captures", store, "--json"], {
    onStart: (signal) => {
      stop = () => signal("SIGINT");
    },
    onStdout: (line) => {
      lines.push(line);
      // The first is what was there: from then on it follows.
      if (lines.length === 1) added.append(someCapture('{"n":2}'));
      else stop();
    },
  });
  expect(exitCode).toBe(130);
  expect(lines.map((line) => (JSON.parse(line) as { bytes: number }).bytes)).toEqual([
    Buffer.byteLength(mention.body),
    7,
  ]);
});
