import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CaptureWriter, findCapture, hasFingerprint, hookSecretOf, SecretCover } from "../../src/captures/index.js";
import type { WireDelivery } from "../../src/protocol/index.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { someCapture } from "./some-capture.js";

const key = Buffer.alloc(32, 7);

function delivery(parts: Partial<WireDelivery> = {}): WireDelivery {
  return { method: "POST", path: "/", headers: [], body: Buffer.from("{}"), ...parts };
}

describe("a fingerprint", () => {
  test("tells the same secret from another, within a store and not beyond it", () => {
    const [ours, theirs] = [new SecretCover(key), new SecretCover(Buffer.alloc(32, 8))];
    expect(ours.fingerprintOf("secret")).toBe(new SecretCover(key).fingerprintOf("secret"));
    expect(ours.fingerprintOf("secret")).not.toBe(ours.fingerprintOf("another"));
    expect(ours.fingerprintOf("secret")).not.toBe(theirs.fingerprintOf("secret"));
    expect(hasFingerprint(ours.fingerprintOf("secret"))).toBe(true);
    expect(ours.fingerprintOf("")).toBe("");
  });

  test("of a fingerprint is itself", () => {
    const cover = new SecretCover(key);
    const once = cover.cover(delivery({ headers: [["x-misskey-hook-secret", "a-long-secret"]] })).delivery;
    expect(cover.cover(once).delivery).toEqual(once);
  });
});

describe("what is covered", () => {
  test.each([
    "X-Misskey-Hook-Secret",
    "x-iceshrimp-hook-secret",
    "Authorization",
    "cookie",
    "X-Api-Key",
    "x-auth-token",
  ])("the header %s", (name) => {
    const { delivery: covered } = new SecretCover(key).cover(delivery({ headers: [[name, "value of it"]] }));
    expect(covered.headers[0]?.[0]).toBe(name);
    expect(JSON.stringify(covered)).not.toContain("value of it");
  });

  test.each([
    ["the path", { path: "/hook/a-long-secret?x=1" }],
    ["the query, percent-encoded", { path: "/hook?x=a%20long%20secret" }],
    ["another header", { headers: [["x-copy", "is a-long-secret"]] as const }],
    ["the body", { body: Buffer.from('{"text":"a-long-secret"}') }],
    ["the body, escaped", { body: Buffer.from('{"text":"quo\\"ted secret"}') }],
  ])("a secret that is known, in %s", (_, parts) => {
    const cover = new SecretCover(key, ["a-long-secret", "a long secret", 'quo"ted secret']);
    const { delivery: covered, elsewhere } = cover.cover(delivery(parts));
    const text = `${covered.path} ${JSON.stringify(covered.headers)} ${Buffer.from(covered.body).toString()}`;
    expect(text).not.toMatch(/long.{1,3}secret|ted secret/);
    expect(hasFingerprint(text)).toBe(true);
    expect(elsewhere).toBe(true);
  });

  test("one that isn't known, in the query under a telling name", () => {
    const { delivery: covered } = new SecretCover(key).cover(delivery({ path: "/h?a=1&api_token=tttt&i=uuuu&z=2" }));
    expect(covered.path).toMatch(/^\/h\?a=1&api_token=<secret:\w+>&i=<secret:\w+>&z=2$/);
  });

  test("not a short one outside its header, which would spoil any text", () => {
    const { delivery: covered } = new SecretCover(key, ["test"]).cover(
      delivery({ path: "/test", headers: [["x-misskey-hook-secret", "test"]], body: Buffer.from('"a test"') }),
    );
    expect([covered.path, Buffer.from(covered.body).toString()]).toEqual(["/test", '"a test"']);
    expect(hookSecretOf(covered)).not.toBe("test");
  });
});

test("put back, it is what it was", () => {
  const cover = new SecretCover(key);
  const secret = fc.stringMatching(/^[A-Za-z0-9-]{8,40}$/);
  fc.assert(
    fc.property(secret, fc.string(), fc.uint8Array(), (value, before, after) => {
      const body = Buffer.concat([Buffer.from(`${before}${value}`), after]);
      const original = delivery({
        path: `/x/${value}`,
        headers: [
          ["x-misskey-hook-secret", value],
          ["x-copy", `${value}${value}`],
        ],
        body,
      });
      const covered = cover.cover(original);
      expect(Buffer.from(covered.delivery.body).includes(value)).toBe(false);
      const back = cover.uncover(covered, value);
      expect({ ...back, body: Buffer.from(back.body) }).toEqual(original);
    }),
  );
});

test("no file of a store has a secret in it", async () => {
  const folder = join(await temporaryFolder(), "store");
  const writer = new CaptureWriter(folder, { secrets: ["the-accepted-secret"] });
  const capture = someCapture('{"echo":"the-accepted-secret and a-long-secret"}');
  writer.append({ ...capture, delivery: { ...capture.delivery, path: "/?key=the-accepted-secret" } });
  await writer.close();
  for (const name of await readdir(folder)) {
    expect(await readFile(join(folder, name), "utf8")).not.toMatch(/the-accepted-secret|a-long-secret/);
  }
  expect(findCapture(folder, "last").covered).toBe(true);
});
