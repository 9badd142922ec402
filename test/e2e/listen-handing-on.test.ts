import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo, Server } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { certificateOfInstance } from "../support/certificates.js";
import { recordedDelivery } from "../support/recorded-delivery.js";
import { startProgram } from "../support/running-program.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const mention = recordedDelivery("misskey@2026.3.2/deliveries/mention", "s3cret");
const note = recordedDelivery("misskey@2026.3.2/deliveries/note", "s3cret");

async function port(server: Server & { closeAllConnections(): void }): Promise<number> {
  onTestFinished(() => server.closeAllConnections());
  onTestFinished(() => void server.close());
  await once(server.listen(0, "127.0.0.1"), "listening");
  return (server.address() as AddressInfo).port;
}

/** A handler that answers with these statuses in turn, the last one from then on. */
async function handler(...statuses: readonly number[]) {
  const seen: IncomingMessage[] = [];
  const listener: RequestListener = (request, response) => {
    request.resume();
    const status = statuses[Math.min(seen.push(request), statuses.length) - 1];
    if (status !== undefined) response.writeHead(status).end();
  };
  return { url: `http://127.0.0.1:${await port(createServer(listener))}/`, seen };
}

async function listening(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const program = startProgram(["listen", "--port", "0", "--secret", "s3cret", ...args], { env });
  const url = /http:\/\/\S+/.exec(await program.line(/Listening on|"ready"/))?.[0]?.replace(/".*$/, "") ?? "";
  const send = async (delivery = mention): Promise<number> => {
    const response = await fetch(url, { method: "POST", ...delivery });
    await response.text();
    return response.status;
  };
  return { ...program, url, send };
}

test("a route gets its events alone, beside a handler that gets all", async () => {
  const [all, mentions] = [await handler(204), await handler(204)];
  const { send, ended } = await listening([
    "--forward-to",
    all.url,
    "--route",
    `mention,reply=${mentions.url}`,
    "--count",
    "2",
  ]);
  await send();
  await send(note);
  expect((await ended).exitCode).toBe(0);
  expect([all.seen.length, mentions.seen.length]).toEqual([2, 1]);
});

test("a handler gets headers and a secret of its own, where the sender's stood", async () => {
  const own = await handler(204);
  const args = ["--forward-to", own.url, "--forward-secret", "OWN_SECRET", "--forward-header", "X-Stage: test"];
  const { send, ended } = await listening([...args, "--forward-header", "user-agent: mine", "--count", "1"], {
    OWN_SECRET: "0wn",
  });
  await send();
  const { stdout, stderr } = await ended;
  const headers = own.seen[0]?.rawHeaders ?? [];
  const at = headers.findIndex((name) => /hook-secret$/i.test(name));
  expect(headers[at + 1]).toBe("0wn");
  expect(headers.join("\n")).not.toContain("s3cret");
  expect(own.seen[0]?.headers).toMatchObject({ "x-stage": "test", "user-agent": "mine" });
  expect(stdout + stderr).not.toMatch(/0wn|s3cret/);
});

test("the handler's secret is read from a file, and may be left out", async () => {
  const file = join(await temporaryFolder(), "secret");
  writeFileSync(file, "of-file\n");
  const [filed, bare] = [await handler(204), await handler(204)];
  const first = await listening(["--forward-to", filed.url, "--forward-secret", file, "--count", "1"]);
  await first.send();
  await first.ended;
  const second = await listening(["--forward-to", bare.url, "--drop-secret", "--count", "1"]);
  await second.send();
  await second.ended;
  expect(filed.seen[0]?.headers["x-misskey-hook-secret"]).toBe("of-file");
  expect(bare.seen[0]?.headers["x-misskey-hook-secret"]).toBeUndefined();
  expect(bare.seen[0]?.headers["x-misskey-hook-id"]).toBeDefined();
});

test("what is refused goes on only when told so, stays refused, and keeps its wrong secret", async () => {
  const wrong = recordedDelivery("misskey@2026.3.2/deliveries/mention", "guessed");
  const target = await handler(204);
  const args = ["--forward-to", target.url, "--forward-secret", "OWN_SECRET", "--answer", "pass", "--count", "1"];
  const strict = await listening(args, { OWN_SECRET: "0wn" });
  expect(await strict.send(wrong)).toBe(401);
  await strict.ended;
  expect(target.seen).toHaveLength(0);
  const open = await listening([...args, "--forward-unverified"], { OWN_SECRET: "0wn" });
  expect(await open.send(wrong)).toBe(401);
  expect((await open.ended).exitCode).toBe(1);
  expect(target.seen[0]?.headers["x-misskey-hook-secret"]).toBe("guessed");
});

test("--answer pass answers as the worst handler does", async () => {
  const [good, bad] = [await handler(200), await handler(200, 503)];
  const { send, line, ended } = await listening([
    "--forward-to",
    good.url,
    "--forward-to",
    bad.url,
    "--answer",
    "pass",
    "--count",
    "2",
  ]);
  expect([await send(), await send(note)]).toEqual([200, 503]);
  await line(/✗ 503 +note/);
  await line(/the handler at 127\.0\.0\.1:\d+ answered 503/);
  const { stdout, exitCode } = await ended;
  expect(stdout.match(/→ .* in \d+ ms/g)).toHaveLength(4);
  expect(exitCode).toBe(1);
});

test("--answer pass answers 502 for a handler that isn't there, and 504 for one that is too late", async () => {
  const closed = createServer();
  const gone = `http://127.0.0.1:${await port(closed)}/`;
  closed.close();
  await once(closed, "close");
  const first = await listening(["--forward-to", gone, "--answer", "pass", "--count", "1"]);
  expect(await first.send()).toBe(502);
  const silent = await handler();
  const late = ["--forward-to", silent.url, "--answer", "pass", "--forward-timeout", "50ms", "--count", "1"];
  const second = await listening(late);
  expect(await second.send()).toBe(504);
  expect((await second.ended).exitCode).toBe(1);
});

test("--forward-retry tries again by the server's schedule, and the last answer counts", async () => {
  const target = await handler(500, 503, 204);
  const args = ["--forward-to", target.url, "--forward-retry", "--time-scale", "100000", "--count", "1", "--json"];
  const { send, ended } = await listening(args);
  expect(await send()).toBe(204);
  const { stdout, exitCode } = await ended;
  const forwards = stdout
    .split("\n")
    .map((text) => JSON.parse(text) as Record<string, unknown>)
    .filter(({ kind }) => kind === "forward");
  expect(forwards).toMatchObject([
    { attempt: 1, status: 500, ok: false, retryInMs: expect.any(Number) },
    { attempt: 2, status: 503, ok: false, retryInMs: expect.any(Number) },
    { attempt: 3, status: 204, ok: true },
  ]);
  expect(forwards[2]).not.toHaveProperty("retryInMs");
  expect(exitCode).toBe(0);
});

test("a target's own certificate is trusted with --ca-file, or with --insecure", async () => {
  const secure = createSecureServer(certificateOfInstance, (request, response) => {
    request.resume();
    response.writeHead(204).end();
  });
  const url = `https://127.0.0.1:${await port(secure)}/`;
  const file = join(await temporaryFolder(), "ca.pem");
  writeFileSync(file, certificateOfInstance.cert);
  const exitCodes: (number | undefined)[] = [];
  for (const trust of [[], ["--ca-file", file], ["--insecure"]]) {
    const { send, ended } = await listening(["--forward-to", url, "--count", "1", ...trust]);
    await send();
    exitCodes.push((await ended).exitCode);
  }
  expect(exitCodes).toEqual([1, 0, 0]);
});

test.each([
  ["--route takes events and a URL", ["--route", "http://127.0.0.1:1/"], "mention,reply=http"],
  ["an event that no server has", ["--route", "mentoin=http://127.0.0.1:1/"], "mentoin"],
  ["a header of the connection stays its own", ["--forward-header", "Connection: close"], "made anew"],
  ["--forward-secret is no argument", ["--forward-secret", "hunter2"], "neither a variable"],
  ["two ways with the secret", ["--forward-secret", "PATH", "--drop-secret"], "cannot be used with"],
  ["two who try again", ["--forward-retry", "--answer", "pass"], "itself tries again"],
])("%s", async (_, args, said) => {
  const { ended } = startProgram(["listen", "--port", "0", "--forward-to", "http://127.0.0.1:1/", ...args]);
  const { exitCode, stderr } = await ended;
  expect(exitCode).toBe(2);
  expect(stderr).toContain(said);
  expect(stderr).not.toContain("hunter2");
});

test("how to hand on is of no use without where to", async () => {
  const { exitCode, stderr } = await startProgram(["listen", "--port", "0", "--answer", "pass"]).ended;
  expect(exitCode).toBe(2);
  expect(stderr).toContain("--forward-to");
});
