import { chmod, mkdir, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import {
  capturesInOrder,
  capturesNewestFirst,
  CaptureWriter,
  type CaptureWriterOptions,
  clearStore,
  findCapture,
  readCaptureBytes,
  selectCaptures,
  StoreFollower,
} from "../../src/captures/index.js";
import { compileQuery } from "../../src/query/index.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { keep, mentionBy, someCapture } from "./some-capture.js";

async function newStore(): Promise<string> {
  return join(await temporaryFolder(), "store");
}

function openStore(folder: string, options: CaptureWriterOptions = {}): CaptureWriter {
  const writer = new CaptureWriter(folder, options);
  onTestFinished(() => writer.close());
  return writer;
}

function bodiesOf(folder: string): string[] {
  return [...capturesInOrder(folder)].map(({ delivery }) => Buffer.from(delivery.body).toString());
}

async function segmentsOf(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.endsWith(".ndjson"));
}

describe("what is kept", () => {
  test("comes back as it was, but for the secret", async () => {
    const folder = await newStore();
    const capture = someCapture(mentionBy("alice"), 1);
    openStore(folder).append(capture);
    const found = findCapture(folder, "last");
    expect(found).toEqual({
      ...capture,
      forwards: [],
      delivery: {
        ...capture.delivery,
        body: Buffer.from(mentionBy("alice")),
        headers: capture.delivery.headers.map(([name, value]) => [
          name,
          value === "a-long-secret" ? expect.stringMatching(/^<secret:[0-9a-f]{16}>$/) : value,
        ]),
      },
    });
  });

  test("whatever the bytes, headers and their order are", async () => {
    const folder = await newStore();
    const writer = openStore(folder);
    const name = fc
      .stringMatching(/^[A-Za-z0-9-]{1,12}$/)
      .filter((text) => !/secret|token|key|pass|^cookie$|^auth|^proxy/i.test(text));
    const value = fc.string({ unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCodePoint(code)) });
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 400 }),
        fc.array(fc.tuple(name, value), { maxLength: 8 }),
        (body, headers) => {
          const capture = someCapture(body);
          const id = keep(writer, { ...capture, delivery: { ...capture.delivery, headers } });
          const { delivery } = findCapture(folder, id);
          expect(delivery.headers).toEqual(headers);
          expect(Buffer.compare(Buffer.from(delivery.body), Buffer.from(body))).toBe(0);
        },
      ),
      { numRuns: 300 },
    );
  });

  test.each([
    '{"a":1.0,"b":12345678901234567890}',
    '{"a":1,"a":2}',
    '{ "z":1,\r\n\t"a":"\\u0041\\/" }',
    "\uFEFF{}",
    "",
  ])("%j byte for byte", async (body) => {
    const folder = await newStore();
    openStore(folder).append(someCapture(body));
    expect(bodiesOf(folder)).toEqual([body]);
  });

  test("is read by every command that reads recordings, updates passed over", async () => {
    const folder = await newStore();
    const writer = openStore(folder);
    const id = keep(writer, someCapture(mentionBy("alice")));
    writer.append(someCapture(Buffer.from([0x7b, 0xff])));
    writer.forwarded(id, { url: "http://127.0.0.1:1/", status: 200, ms: 3 });
    const [name = ""] = await segmentsOf(folder);
    const captures = readCaptureBytes(await readFile(join(folder, name)), "x");
    expect(captures.map(({ payload, problems }) => [payload !== undefined, problems.map(({ code }) => code)])).toEqual([
      [true, []],
      [false, ["not-json"]],
    ]);
  });

  test("is for its owner alone", async () => {
    const folder = await newStore();
    openStore(folder).append(someCapture("{}"));
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    for (const name of await readdir(folder)) expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
  });
});

describe("what became of it later", () => {
  test("is told with it, in order, by whatever way it is found", async () => {
    const folder = await newStore();
    const writer = openStore(folder, { maxBytes: 32 * 600 });
    const id = keep(writer, someCapture("{}", 1));
    writer.append(someCapture(" ".repeat(600), 2));
    const forwards = [
      { url: "http://127.0.0.1:1/", status: null, ms: 5, error: "refused" },
      { url: "http://127.0.0.1:2/", status: 204, ms: 3 },
    ];
    for (const forward of forwards) writer.forwarded(id, forward);
    expect((await segmentsOf(folder)).length).toBeGreaterThan(1);
    expect(findCapture(folder, id).forwards).toEqual(forwards);
    expect(findCapture(folder, "last~1").forwards).toEqual(forwards);
    expect([...capturesInOrder(folder)].map((capture) => capture.forwards)).toEqual([forwards, []]);
  });
});

describe("finding", () => {
  test("by id, by a beginning of it, and from the end", async () => {
    const folder = await newStore();
    const writer = openStore(folder);
    const ids = Array.from({ length: 60 }, (_, index) => keep(writer, someCapture(`{"n":${index}}`, index)));
    const [first = ""] = ids;
    expect(findCapture(folder, first).id).toBe(first);
    expect(findCapture(folder, first.slice(0, 6)).id).toBe(first);
    expect(findCapture(folder, "last").id).toBe(ids.at(-1));
    expect(findCapture(folder, "last~2").id).toBe(ids.at(-3));
    // Sixty ids over sixteen digits: two of them begin alike.
    const shared = ids.map((id) => id.slice(0, 1)).find((letter, index, all) => all.indexOf(letter) !== index) ?? "";
    expect(() => findCapture(folder, shared)).toThrow(expect.objectContaining({ code: "ambiguous-capture" }));
  });

  test.each(["222222222222", "222222222222a", "xyz", "last~1", "last~999999999", "../x", "", "last~"])(
    "%j isn't there",
    async (name) => {
      const folder = await newStore();
      openStore(folder).append(someCapture("{}"));
      expect(() => findCapture(folder, name)).toThrow(expect.objectContaining({ code: "no-such-capture" }));
    },
  );

  test("there is no store", async () => {
    const folder = await newStore();
    expect(() => findCapture(folder, "last")).toThrow(expect.objectContaining({ code: "no-captures" }));
  });

  test.each([
    [{ sinceMs: Date.UTC(2026, 0, 1, 0, 0, 3) }, [3, 4]],
    [{ untilMs: Date.UTC(2026, 0, 1, 0, 0, 1) }, [0, 1]],
    [{ events: ["reply"] }, [2]],
    [{ from: "@alice" }, [0, 3]],
    [{ from: "alice@far.example" }, [3]],
    [{ statuses: ["4xx"] }, [4]],
    [{ statuses: ["204", "500"] }, [0, 1, 2, 3]],
    [{ withFindings: true }, [1]],
    [{ unforwarded: true }, [1, 2, 3, 4]],
    [{ where: compileQuery('body.note.user.host == "far.example" and ok') }, [3]],
    [{ events: ["mention"], from: "alice", sinceMs: Date.UTC(2026, 0, 1, 0, 0, 1) }, [3]],
  ])("by %j", async (filter, expected) => {
    const folder = await newStore();
    const writer = openStore(folder);
    const finding = { code: "missing-key", path: "body", expected: "a", received: "b", severity: "error" } as const;
    const id = keep(writer, someCapture(mentionBy("alice"), 0));
    writer.append(someCapture(mentionBy("bob"), 1, { findings: [finding], ok: false }));
    writer.append(someCapture(mentionBy("bob"), 2, { event: "reply" }));
    writer.append(someCapture(mentionBy("Alice", "far.example"), 3));
    writer.append(someCapture("not JSON", 4, { status: 400, ok: false, event: null }));
    writer.forwarded(id, { url: "http://127.0.0.1:1/", status: 200, ms: 1 });
    const seconds = [...selectCaptures(folder, filter)].map(({ capture }) => new Date(capture.at).getUTCSeconds());
    expect(seconds.toReversed()).toEqual(expected);
  });
});

describe("two writers on one store", () => {
  test("have files of their own, and are read as one, in the order of time", async () => {
    const folder = await newStore();
    const [left, right] = [openStore(folder), openStore(folder)];
    for (let second = 0; second < 20; second++)
      (second % 3 ? left : right).append(someCapture(`{"n":${second}}`, second));
    expect(await segmentsOf(folder)).toHaveLength(2);
    expect(bodiesOf(folder)).toEqual(Array.from({ length: 20 }, (_, n) => `{"n":${n}}`));
  });

  test("what one left, the next goes on with", async () => {
    const folder = await newStore();
    for (let second = 0; second < 3; second++) {
      const writer = new CaptureWriter(folder);
      writer.append(someCapture(`{"n":${second}}`, second));
      await writer.close();
    }
    expect(await segmentsOf(folder)).toHaveLength(1);
    expect(bodiesOf(folder)).toEqual(['{"n":0}', '{"n":1}', '{"n":2}']);
  });
});

describe("limits", () => {
  test("of size: the oldest go first, and the latest stay", async () => {
    const folder = await newStore();
    const maxBytes = 64 * 1024;
    const writer = openStore(folder, { maxBytes });
    for (let n = 0; n < 400; n++) writer.append(someCapture(JSON.stringify({ n, text: "x".repeat(200) }), n));
    const sizes = await Promise.all(
      (await segmentsOf(folder)).map(async (name) => (await stat(join(folder, name))).size),
    );
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(maxBytes);
    const numbers = bodiesOf(folder).map((body) => (JSON.parse(body) as { n: number }).n);
    expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, index) => 400 - numbers.length + index));
    expect(numbers.length).toBeGreaterThan(50);
    expect(writer.counts).toEqual({ kept: 400, lost: 0 });
  });

  test("of age: what was last written longer ago goes when the store is next opened", async () => {
    const folder = await newStore();
    const day = 24 * 3_600_000;
    let now = Date.now() - 40 * day;
    const old = new CaptureWriter(folder, { now: () => now });
    old.append(someCapture('"old"'));
    await old.close();
    const [name = ""] = await segmentsOf(folder);
    await utimes(join(folder, name), now / 1000, now / 1000);
    now += 40 * day;
    openStore(folder, { now: () => now }).append(someCapture('"new"'));
    expect(bodiesOf(folder)).toEqual(['"new"']);
  });
});

describe("what a kill leaves", () => {
  test("a torn last line is put aside when the store is next opened, and the rest stays", async () => {
    const folder = await newStore();
    const writer = new CaptureWriter(folder);
    writer.append(someCapture('"whole"'));
    await writer.close();
    const [name = ""] = await segmentsOf(folder);
    await writeFile(join(folder, name), '{"id":"torn', { flag: "a" });
    expect(bodiesOf(folder)).toEqual(['"whole"']);
    const next = openStore(folder);
    expect(next.tornBytes).toBe(11);
    next.append(someCapture('"next"', 1));
    expect(bodiesOf(folder)).toEqual(['"whole"', '"next"']);
    const torn = (await readdir(folder)).find((file) => file.endsWith(".torn"));
    expect(await readFile(join(folder, torn ?? ""), "utf8")).toBe('{"id":"torn');
  });

  test("lines of strangers are passed over", async () => {
    const folder = await newStore();
    const writer = openStore(folder);
    writer.append(someCapture("1"));
    const [name = ""] = await segmentsOf(folder);
    await writeFile(
      join(folder, name),
      '\n\nnull\n[]\n{"id":7}\n{"captureUpdate":"x"}\n\u0000\n{"id":"a1","bodyRaw":"2","capture":7}\n',
      {
        flag: "a",
      },
    );
    expect([...capturesNewestFirst(folder)].map(({ capture }) => capture.id)).toContain("a1");
    expect(bodiesOf(folder)).toHaveLength(2);
  });

  test("a line longer than what is read at once", async () => {
    const folder = await newStore();
    const writer = openStore(folder);
    const bodies = [1, 70_000, 3, 300_000, 5].map((length) => JSON.stringify("é".repeat(length)));
    for (const [second, body] of bodies.entries()) writer.append(someCapture(body, second));
    expect(bodiesOf(folder)).toEqual(bodies);
  });
});

describe("what can't be a store says so once, in words", () => {
  test.each([
    [
      "a folder that others may read",
      "store-not-private",
      (folder: string) => mkdir(folder).then(() => chmod(folder, 0o755)),
    ],
    [
      "a folder of other things",
      "not-a-store",
      (folder: string) => mkdir(folder, { mode: 0o700 }).then(() => writeFile(join(folder, "a.txt"), "")),
    ],
    ["a file", "store-not-writable", (folder: string) => writeFile(folder, "")],
    [
      "a folder below a file",
      "store-not-writable",
      async (folder: string) => {
        await writeFile(folder, "");
        return `${folder}/deeper`;
      },
    ],
  ])("%s", async (_, code, make) => {
    const folder = await newStore();
    const path = (await make(folder)) ?? folder;
    expect(() => new CaptureWriter(path)).toThrow(expect.objectContaining({ code, outcome: "local" }));
  });

  test.each(['{"version":0}', '{"version":2,"key":"x"}', "", "null", "{}"])(
    "a mark of another version: %j",
    async (mark) => {
      const folder = await newStore();
      const writer = new CaptureWriter(folder);
      writer.append(someCapture("{}"));
      await writer.close();
      await writeFile(join(folder, "captures.store"), mark);
      const error = expect.objectContaining({ code: "store-of-other-version" });
      expect(() => new CaptureWriter(folder)).toThrow(error);
      expect(() => findCapture(folder, "last")).toThrow(error);
    },
  );
});

describe("clearing", () => {
  test("all, also what a writer has open, which goes on", async () => {
    const folder = await newStore();
    const writer = openStore(folder);
    for (let n = 0; n < 3; n++) writer.append(someCapture("{}", n));
    expect(clearStore(folder)).toEqual({ cleared: 3, inUse: 0 });
    expect(bodiesOf(folder)).toEqual([]);
    writer.append(someCapture('"after"', 4));
    expect(bodiesOf(folder)).toEqual(['"after"']);
  });

  test("what is older", async () => {
    const folder = await newStore();
    const writer = new CaptureWriter(folder);
    for (let n = 0; n < 5; n++) writer.append(someCapture(`${n}`, n));
    await writer.close();
    expect(clearStore(folder, Date.UTC(2026, 0, 1, 0, 0, 3))).toEqual({ cleared: 3, inUse: 0 });
    expect(bodiesOf(folder)).toEqual(["3", "4"]);
  });

  test("a store that is removed under a writer is made again", async () => {
    const folder = await newStore();
    const writer = openStore(folder);
    writer.append(someCapture("1"));
    await rm(folder, { recursive: true });
    writer.append(someCapture("2"));
    expect(bodiesOf(folder)).toEqual(["2"]);
    expect(writer.counts).toEqual({ kept: 2, lost: 0 });
  });
});

test("a follower is told what is written from now on, whole lines alone, by whichever writer", async () => {
  const folder = await newStore();
  const writer = openStore(folder);
  writer.append(someCapture("1"));
  const follower = new StoreFollower(folder);
  expect(follower.look()).toEqual([]);
  const ids = [keep(writer, someCapture("2", 2)), keep(openStore(folder), someCapture("3", 3))];
  const [name = ""] = await segmentsOf(folder);
  await writeFile(join(folder, name), '{"id":"00', { flag: "a" });
  const seen = follower.look().flatMap((line) => (line.kind === "capture" ? [line.capture.id] : []));
  expect(seen.toSorted()).toEqual(ids.toSorted());
  expect(follower.look()).toEqual([]);
});
