// The curl command is run, and must send the very bytes.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { deliveryTo, type HeaderPair } from "../../src/protocol/index.js";
import { maskHeaders, requestAsCurl, requestAsHttp } from "../../src/reporters/index.js";
import { answerWith, startRawServer } from "../support/raw-server.js";

const run = promisify(execFile);
const body = Buffer.from(`{"text":"it's \\"quoted\\" $HOME \`id\` \\\\ 日本語\\n"}`);
const headersWith = (secret: string, contentType = true): [string, string][] => [
  ["accept", "*/*"],
  ...(contentType ? [["content-type", "application/json"] as [string, string]] : []),
  ["user-agent", "Misskey-Hooks"],
  ["x-misskey-hook-secret", secret],
  ["x-it's", "a 'quoted' value"],
];
function textWith(url: string, headers: readonly HeaderPair[], bytes: Uint8Array): Parameters<typeof requestAsHttp>[0] {
  return { url, delivery: deliveryTo(new URL(url), { headers, body: bytes }), secretHeader: "x-misskey-hook-secret" };
}

it.each([
  ["a secret", `p'a"s$HOME\`id\``, true],
  ["no secret and no content type", "", false],
])("the curl command sends the same request: %s", async (_, secret, contentType) => {
  const server = await startRawServer(() => answerWith(204, { connection: "close" }));
  const url = `${server.url}hook?a=1&b='2'`;
  const headers = headersWith(secret, contentType);
  const command = requestAsCurl(textWith(url, headers, body));
  if (secret !== "") expect(command).not.toContain(secret);
  await run("sh", ["-c", command], { env: { PATH: process.env["PATH"], MISSKEY_HOOKS_SECRET: secret } });
  const [request] = server.requests;
  await server.close();
  expect(request?.line).toBe(`POST /hook?a=1&b='2' HTTP/1.1`);
  expect(request?.body.equals(body)).toBe(true);
  const sent = request?.headers.filter(([name]) => !["host", "content-length"].includes(name.toLowerCase()));
  expect(sent?.toSorted()).toEqual(headers.toSorted());
});

it("a body that begins with @ is no file", () => {
  const text = textWith("http://127.0.0.1/", headersWith("x"), Buffer.from("@/etc/passwd"));
  expect(requestAsCurl(text)).toContain("--data-raw '@/etc/passwd'");
});

it("as HTTP, secrets are masked and an empty one shows as empty", () => {
  const shownWith = (secret: string): string =>
    requestAsHttp(textWith("http://127.0.0.1:1/a?b", headersWith(secret), Buffer.from("{}")));
  const shown = shownWith("hidden");
  expect(shown).toMatch(/^POST \/a\?b HTTP\/1\.1\naccept: /);
  expect(shown).toContain("\ncontent-length: 2\n");
  expect(shown).toMatch(/\nHost: 127\.0\.0\.1:1\nConnection: keep-alive\n\n\{\}$/);
  expect(shown).not.toContain("hidden");
  expect(shownWith("")).toContain("x-misskey-hook-secret: \n");
});

it("masks whatever may be a secret", () => {
  const headers = ["Authorization", "cookie", "X-Api-Key", "x-auth-token", "X-Ocean-Hook-Secret", "accept"].map(
    (name): [string, string] => [name, "value"],
  );
  expect(maskHeaders(headers).filter(([, value]) => value === "value")).toEqual([["accept", "value"]]);
});
