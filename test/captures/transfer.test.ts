import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { capturesInOrder, CaptureWriter, importCaptures, writeCapture } from "../../src/captures/index.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { keep, someCapture } from "./some-capture.js";

const judge = () => someCapture("").facts;

test("what one store exports another imports, the same and once", async () => {
  const folder = await temporaryFolder();
  const [from, to] = [join(folder, "from"), join(folder, "to")];
  const writer = new CaptureWriter(from);
  const bodies = [Buffer.from('{"a":1.0}'), Buffer.from([0xff, 0x00, 0x0a]), Buffer.from("\uFEFF{}")];
  const ids = bodies.map((body, second) => keep(writer, someCapture(body, second)));
  writer.forwarded(ids[1] ?? "", { url: "http://127.0.0.1:1/", status: 500, ms: 2 });
  await writer.close();
  const texts = [...capturesInOrder(from)].map(writeCapture);
  const recordings = texts.map((text) => ({ text, judge }));
  expect(await importCaptures(to, recordings)).toEqual({ imported: 3, known: 0, lost: 0 });
  expect(await importCaptures(to, recordings)).toEqual({ imported: 0, known: 3, lost: 0 });
  expect([...capturesInOrder(to)].map(writeCapture)).toEqual(texts);
});

test("older ones come before those that are there, and don't hide them", async () => {
  const folder = join(await temporaryFolder(), "store");
  const writer = new CaptureWriter(folder);
  writer.append(someCapture("5", 5));
  await writer.close();
  const recordings = [9, 1, 3].map((second) => {
    const { facts: _, id: __, delivery, ...capture } = someCapture(String(second), second);
    return {
      text: JSON.stringify({ ...capture, rawHeaders: delivery.headers.flat(), bodyRaw: String(second) }),
      judge,
    };
  });
  await importCaptures(folder, recordings);
  expect([...capturesInOrder(folder)].map(({ delivery }) => Buffer.from(delivery.body).toString())).toEqual([
    "1",
    "3",
    "5",
    "9",
  ]);
  const since = { sinceMs: Date.UTC(2026, 0, 1, 0, 0, 3) };
  expect([...capturesInOrder(folder, since, 2)].map(({ at }) => at.slice(17, 19))).toEqual(["05", "09"]);
});

test("a recorded fixture becomes a capture without its secret", async () => {
  const folder = join(await temporaryFolder(), "store");
  const file = new URL("../../fixtures/recorded/misskey@2026.3.2/deliveries/reply.json", import.meta.url);
  const text = await readFile(file, "utf8");
  await importCaptures(folder, [{ text, judge }]);
  const [capture] = [...capturesInOrder(folder)];
  const { bodyRaw, at } = JSON.parse(text) as { bodyRaw: string; at: string };
  expect(Buffer.from(capture?.delivery.body ?? []).toString()).toBe(bodyRaw);
  expect(capture?.at).toBe(at);
  expect(JSON.stringify(capture?.delivery.headers)).not.toContain("alice-secret");
});
