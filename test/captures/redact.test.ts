import { describe, expect, test } from "vitest";
import { findRemains, Pseudonyms, readCaptures, redactRecording, tellingTexts } from "../../src/captures/index.js";
import { checkDelivery, resolveDialect } from "../../src/protocol/index.js";
import { readRecording, recordedServers, recordingsOf } from "../support/recordings.js";

const servers = recordedServers().filter((server) => recordingsOf(server).length > 0);

function redact(value: unknown, key = "a key"): Record<string, unknown> {
  return redactRecording(value, new Pseudonyms(key)) as Record<string, unknown>;
}

/** What each value is, whatever it says. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shapeOf);
  if (typeof value !== "object" || value === null) return value === null ? null : typeof value;
  return Object.values(value).map(shapeOf);
}

describe.each(servers)("every delivery of %s", (server) => {
  const all = recordingsOf(server).map(({ kind, name }) => ({ file: `${kind}/${name}.json` }));

  test.each(all)("$file", ({ file }) => {
    const original = readRecording(server, file);
    const redacted = redact(original);
    // Nothing of the original is left, and nothing that looks personal.
    expect(findRemains(redacted, tellingTexts(original))).toEqual([]);
    // It validates as it did, under its own dialect, and is told apart as before.
    const [before, after] = [original, redacted].map((recording) => {
      const [capture] = readCaptures(JSON.stringify(recording), file);
      const input = { headers: capture?.headers, body: capture?.payload };
      const detected = checkDelivery(input);
      const as = detected.dialect === null ? undefined : resolveDialect(detected.dialect);
      const codes = checkDelivery(input, { as }).findings.map(({ code, path }) => [code, path]);
      return { problems: capture?.problems, dialect: detected.dialect, event: detected.event, codes };
    });
    expect(after).toEqual(before);
    expect(shapeOf(redacted["body"])).toEqual(shapeOf(original.body));
    expect(JSON.parse(redacted["bodyRaw"] as string)).toEqual(redacted["body"]);
  });
});

const note = {
  type: "mention",
  body: {
    note: {
      id: "9abcdefghi",
      userId: "9userabcde",
      text: "Hey @Alice and @carol@Far.example.jp, 東京で #おんがく #Music を see https://far.example.jp/@alice/pics?x=1 🎉 mail me@home.jp",
      tags: ["おんがく", "music"],
      mentions: ["9aliceabcd"],
      user: {
        id: "9userabcde",
        username: "alice",
        name: "アリス 愛",
        host: "far.example.jp",
        birthday: "1991-02-03",
        fields: [{ name: "home", value: "Tokyo" }],
        emojis: { blob: "https://far.example.jp/emoji/blob.png" },
      },
      reactions: { ":blob@far.example.jp:": 1, "👍": 2 },
      reactionAndUserPairCache: ["9userabcde/:blob@far.example.jp:"],
      mentionHandles: { "9aliceabcd": "@alice" },
    },
  },
};

describe("a pseudonym", () => {
  const redacted = redact(note) as unknown as typeof note;
  const made = redacted.body.note;

  test("is the same for the same input, under one key", () => {
    expect(redact(note)).toEqual(redacted);
    expect(redact(note, "another key")).not.toEqual(redacted);
  });

  test("of a user is mentioned where the user was, in whatever case", () => {
    expect(made.text).toContain(`@${made.user.username} `);
    expect(Object.values(made.mentionHandles)).toEqual([`@${made.user.username}`]);
    expect(made.text).toContain(`@${made.user.host},`);
    expect(Object.keys(made.mentionHandles)).toEqual(made.mentions);
    expect(made.user.id).toBe(made.userId);
  });

  test("of a hashtag is that of its tag", () => {
    const hashtags = [...made.text.matchAll(/#([\p{L}\p{N}]+)/gu)].map(([, tag = ""]) => tag.toLowerCase());
    expect(hashtags).toEqual(made.tags);
  });

  test("has the script of what it stands for", () => {
    expect(made.user.name).toMatch(/^[ァ-ヿ]{3} \p{Script=Han}$/u);
    expect(made.tags[0]).toMatch(/^[ぁ-ん]{4}$/);
    expect(made.user.birthday).toMatch(/^(19[5-9]|200)\d-(0[1-9]|1[0-2])-([01]\d|2[0-8])$/);
    expect(made.user.host).toMatch(/^[a-z]+\.example$/);
  });

  test("of an emoji's name is the same in text, maps and pairs; emojis that everybody has stay", () => {
    const [custom = "", thumb] = Object.keys(made.reactions);
    expect(thumb).toBe("👍");
    expect(made.reactionAndUserPairCache).toEqual([`${made.userId}/${custom}`]);
    expect(custom).toBe(`:${Object.keys(made.user.emojis)[0]}@${made.user.host}:`);
  });

  test("leaves nothing behind", () => {
    expect(JSON.stringify(redacted)).not.toMatch(/alice|carol|far\.|東京|おんがく|music|Tokyo|home|9user|アリス|1991/i);
    expect(findRemains(redacted)).toEqual([]);
  });
});

test.each([
  [{ text: "write to me@home.jp" }, "address"],
  [{ text: "on 203.0.113.9" }, "address"],
  [{ "x-api-key": "abcdef" }, "token"],
  [{ rawHeaders: ["x-misskey-hook-secret", "hush"] }, "token"],
  [{ user: { host: "real.social" } }, "host"],
  [{ url: "https://real.social/files/1" }, "host"],
  [{ bodyRaw: '{"server":"https://real.social"}' }, "host"],
])("%j looks personal: %s", (value, kind) => {
  expect(findRemains(value)).toContainEqual({ path: expect.any(String), kind });
});

test.each([
  [{ url: "https://misskey.example/files/1" }],
  [{ host: "sub.example.com" }],
  [{ rawHeaders: ["x-misskey-hook-secret", "<secret>", "x-misskey-host", "a.example"] }],
  [{ text: "@alice@a.example said 1.5" }],
])("%j doesn't", (value) => {
  expect(findRemains(value)).toEqual([]);
});
