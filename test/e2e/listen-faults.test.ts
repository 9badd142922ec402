import { once } from "node:events";
import { connect } from "node:net";
import { join } from "node:path";
import { expect, test } from "vitest";
import { recordedDelivery } from "../support/recorded-delivery.js";
import { startProgram } from "../support/running-program.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const mention = recordedDelivery("misskey@2026.3.2/deliveries/mention", "s3cret");
const note = recordedDelivery("misskey@2026.3.2/deliveries/note", "s3cret");

interface Line {
  readonly kind: string;
  readonly status?: number;
  readonly simulated?: string;
  readonly ok?: boolean;
  readonly counts?: unknown;
}

async function listening(...args: readonly string[]) {
  const program = startProgram(["listen", "--port", "0", "--secret", "s3cret", ...args]);
  const url = /http:\/\/[^\s"]+/.exec(await program.line(/Listening on|"ready"/))?.[0] ?? "";
  const send = async (delivery = mention): Promise<number> =>
    (await fetch(url, { method: "POST", ...delivery })).status;
  const deliveries = async (): Promise<readonly Line[]> =>
    (await program.ended).stdout
      .split("\n")
      .map((text) => JSON.parse(text) as Line)
      .filter(({ kind }) => kind === "delivery");
  return { ...program, url, send, deliveries };
}

test("a script answers in turn, is marked in every line, and doesn't count as refused", async () => {
  const { send, ended } = await listening("--respond", "500x2,204x1", "--count", "4");
  const statuses = [await send(), await send(), await send(), await send(note)];
  expect(statuses).toEqual([500, 500, 204, 204]);
  const { stdout, stderr, exitCode } = await ended;
  expect(stdout.match(/500 .*simulated 500/g)).toHaveLength(2);
  expect(stdout.match(/204 .*simulated 204/g)).toHaveLength(1);
  expect(stderr).toContain("3 with a simulated answer");
  expect(exitCode).toBe(0);
});

test("an event has a script of its own, and what is refused takes no step", async () => {
  const wrong = recordedDelivery("misskey@2026.3.2/deliveries/mention", "guessed");
  const { send, deliveries } = await listening(
    "--respond",
    "mention=500x1,503",
    "--respond",
    "418",
    "--count",
    "5",
    "--json",
  );
  expect([await send(wrong), await send(), await send(note), await send(), await send()]).toEqual([
    401, 500, 418, 503, 503,
  ]);
  expect((await deliveries()).map(({ simulated }) => simulated)).toEqual([undefined, "500", "418", "503", "503"]);
});

test("a delay comes before the answer, and is said", async () => {
  const { send, deliveries } = await listening("--delay", "20ms", "--count", "1", "--json");
  expect(await send()).toBe(204);
  expect(await deliveries()).toMatchObject([{ status: 204, ok: true, simulated: "delay 20ms" }]);
});

/** What a connection of our own sees: the answer's first bytes, or how it ended. */
async function rawExchange(
  url: string,
): Promise<{ readonly socket: ReturnType<typeof connect>; readonly seen: Promise<string> }> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  const seen = new Promise<string>((resolve) => {
    socket.once("data", (chunk) => resolve(chunk.toString()));
    socket.once("error", (error: NodeJS.ErrnoException) => resolve(String(error.code)));
    socket.once("close", () => resolve("closed"));
  });
  await once(socket, "connect");
  const headers = Object.entries(mention.headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(
    `POST / HTTP/1.1\r\nHost: x\r\n${headers.join("")}Content-Length: ${Buffer.byteLength(mention.body)}\r\n\r\n${mention.body}`,
  );
  return { socket, seen };
}

test("a reset is a reset on the wire", async () => {
  const { url, deliveries } = await listening("--reset", "--count", "1", "--json");
  const { seen } = await rawExchange(url);
  expect(await seen).toBe("ECONNRESET");
  expect(await deliveries()).toMatchObject([{ simulated: "reset", ok: true }]);
});

test("a dropped delivery gets no answer, and the end of the run closes its connection", async () => {
  const { url, deliveries } = await listening("--drop", "--count", "1", "--json");
  const { seen } = await rawExchange(url);
  expect(await deliveries()).toMatchObject([{ simulated: "drop", ok: true }]);
  expect(await seen).toMatch(/^(closed|ECONNRESET)$/);
});

test("the same seed has the same failures again", async () => {
  const run = async (): Promise<readonly number[]> => {
    const { send } = await listening("--respond-random", "0.5:503", "--seed", "1", "--count", "12");
    const statuses: number[] = [];
    for (let n = 0; n < 12; n++) statuses.push(await send());
    return statuses;
  };
  const first = await run();
  expect(new Set(first)).toEqual(new Set([204, 503]));
  expect(await run()).toEqual(first);
});

test("captures say what was simulated", async () => {
  const store = join(await temporaryFolder(), "store");
  const program = startProgram(
    [
      "listen",
      "--port",
      "0",
      "--secret",
      "s3cret",
      "--captures",
      store,
      "--respond",
      "500x1",
      "--count",
      "2",
      "--json",
    ],
    { env: { MISSKEY_HOOKS_NO_CAPTURE: "" } },
  );
  const { url } = JSON.parse(await program.line(/ready/)) as { readonly url: string };
  for (const delivery of [mention, note]) await fetch(url, { method: "POST", ...delivery });
  await program.ended;
  const { stdout } = await startProgram(["captures", "export", "-", "--captures", store]).ended;
  const kept = stdout.split("\n").map((text) => (JSON.parse(text) as { capture: Line }).capture);
  expect(kept.map(({ status, simulated }) => [status, simulated])).toEqual([
    [500, "500"],
    [204, undefined],
  ]);
});

test.each([
  ["a status that isn't one", ["--respond", "99"], "status from 200 to 599"],
  ["no times at all", ["--respond", "500x0"], "1 to 1000000 times"],
  ["a gap", ["--respond", "500,,204"], "commas"],
  ["an event without answers", ["--respond", "mention="], "commas"],
  ["more than all", ["--respond-random", "0.9:503,0.2:500"], "more than 1"],
  ["a share without an answer", ["--respond-random", "0.1"], "0.1:503"],
  ["a seed of nothing", ["--seed", "1"], "--respond-random"],
  ["two for every delivery", ["--drop", "--reset"], "cannot be used with"],
  [
    "faults and a handler that answers",
    ["--delay", "1s", "--answer", "pass", "--forward-to", "http://127.0.0.1:1/"],
    "--answer pass",
  ],
  ["faults of a stream", ["--respond", "500", "--from-stream"], "cannot be used with"],
])("%s is a wrong call", async (_, args, said) => {
  const { exitCode, stderr } = await startProgram(["listen", ...args]).ended;
  expect(stderr).toContain(said);
  expect(exitCode).toBe(2);
});
