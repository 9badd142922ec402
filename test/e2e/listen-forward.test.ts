import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { recordedDelivery } from "../support/recorded-delivery.js";
import { startProgram } from "../support/running-program.js";

const mention = recordedDelivery("misskey@2026.3.2/deliveries/mention", "s3cret");
const note = recordedDelivery("misskey@2026.3.2/deliveries/note", "s3cret");

async function handler(listener: RequestListener): Promise<string> {
  const server = createServer((request, response) => {
    request.resume();
    listener(request, response);
  });
  onTestFinished(() => server.closeAllConnections());
  onTestFinished(() => void server.close());
  await once(server.listen(0, "127.0.0.1"), "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A `listen` that hands on to these targets, and where it listens. */
async function listening(targets: readonly string[], ...args: readonly string[]) {
  const to = targets.flatMap((target) => ["--forward-to", target]);
  const program = startProgram(["listen", "--port", "0", "--secret", "s3cret", ...to, ...args]);
  const url = /http:\/\/\S+/.exec(await program.line(/Listening on/))?.[0] ?? "";
  return { ...program, url };
}

test("each → line begins with the id of its delivery, and path and query go along", async () => {
  const target = await handler((_, response) => void response.writeHead(204).end());
  const { url, line, ended } = await listening([target], "--count", "2");
  await fetch(`${url}bots/7?key=1`, { method: "POST", ...mention });
  await fetch(url, { method: "POST", ...note });
  const idOf = ({ body }: { readonly body: string }): string =>
    (JSON.parse(body) as { readonly eventId: string }).eventId.slice(0, 8);
  await line(new RegExp(`204 +mention .*${idOf(mention)}`));
  await line(new RegExp(`→ ${idOf(mention)}  ${target}/bots/7\\?key=1  mention  204 in`));
  await line(new RegExp(`→ ${idOf(note)}  ${target}/  note  204 in`));
  expect((await ended).exitCode).toBe(0);
});

test("a run that is over waits for a handler that takes its time, as a server would", async () => {
  const target = await handler((_, response) => void setTimeout(() => response.writeHead(204).end(), 2000));
  const { url, ended } = await listening([target], "--count", "1");
  await fetch(url, { method: "POST", ...mention });
  const { exitCode, stdout } = await ended;
  expect(stdout).toContain("mention  204 in");
  expect(exitCode).toBe(0);
});

test("a redirect that takes the secret to another host is said, with --quiet too", async () => {
  const elsewhere = await handler((_, response) => void response.writeHead(204).end());
  const target = await handler((_, response) => void response.writeHead(307, { location: `${elsewhere}/` }).end());
  const program = startProgram([
    "listen",
    "--port",
    "0",
    "--secret",
    "s3cret",
    "--forward-to",
    target,
    "--count",
    "1",
    "--quiet",
    "--json",
  ]);
  const { url } = JSON.parse(await program.line(/ready/)) as { readonly url: string };
  await fetch(url, { method: "POST", ...mention });
  const { stderr, exitCode } = await program.ended;
  expect(stderr).toContain(`goes on to ${elsewhere}/, AND THE SECRET GOES ALONG`);
  expect(stderr).not.toContain("s3cret");
  expect(exitCode).toBe(0);
});

test.each([[[]], [["--json"]]])("what a target's refusal says is told, shortened and printable: %j", async (more) => {
  const refusal = `\u001B[2Jthe signature\n is too old; got s3cret ${"x".repeat(5000)}end`;
  const target = await handler((_, response) => void response.writeHead(401).end(refusal));
  const args = ["listen", "--port", "0", "--secret", "s3cret", "--forward-to", target, "--count", "1"];
  const program = startProgram([...args, ...more]);
  const url = /http:\/\/[^\s"]+/.exec(await program.line(/Listening on|ready/))?.[0] ?? "";
  await fetch(url, { method: "POST", ...mention });
  const { stdout, stderr } = await program.ended;
  if (more.length === 0) expect(stdout).toMatch(/→ .* 401 in[^]*it says: .*the signature is too old/);
  else {
    const events = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(events).toContainEqual(
      expect.objectContaining({ status: 401, body: expect.stringContaining("the signature is too old") as string }),
    );
  }
  expect(stdout).not.toContain("xend");
  expect(stdout + stderr).not.toMatch(/\u001B|s3cret/);
});
