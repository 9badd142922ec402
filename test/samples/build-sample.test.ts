import { describe, expect, test } from "vitest";
import { checkDelivery, dialects, eventsOf, parseDialectFile, resolveDialect } from "../../src/protocol/index.js";
import { buildSample, listSamples, type SampleRequest, seededSource } from "../../src/samples/index.js";

const misskey = resolveDialect("misskey");
const build = (request: Partial<SampleRequest> & { event: string }): ReturnType<typeof buildSample> =>
  buildSample({ dialect: misskey, ...seededSource("a seed"), ...request });

interface AnyNote {
  readonly id: string;
  readonly createdAt: string;
  readonly userId: string;
  readonly text: string | null;
  readonly user: { readonly id: string; readonly host: string | null; readonly avatarUrl: string };
  readonly replyId: string | null;
  readonly renoteId: string | null;
  readonly mentions?: readonly string[];
  readonly reply?: AnyNote;
  readonly renote?: AnyNote;
  readonly fileIds: readonly string[];
  readonly files: readonly { readonly id: string; readonly userId: string }[];
}
const noteOf = (body: Record<string, unknown>): AnyNote => (body["body"] as { note: AnyNote }).note;

describe("freshness", () => {
  test("a seed repeats every byte, another seed doesn't", () => {
    const [one, again, other] = ["7", "7", "8"].map((seed) =>
      JSON.stringify(build({ event: "mention", variant: "everything", ...seededSource(seed) }).body),
    );
    expect(one).toBe(again);
    expect(one).not.toBe(other);
  });

  test("ids, eventId and times are of now, the people stay the same", () => {
    const at = Date.UTC(2031, 4, 5, 6, 7, 8, 9);
    const first = build({ event: "note", now: () => at, random: () => 0.25 });
    const second = build({ event: "note", now: () => at + 1000, random: () => 0.75 });
    expect(first.eventId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(first.body["createdAt"]).toBe(at);
    expect(Date.parse(noteOf(first.body).createdAt)).toBe(at - 14);
    expect(noteOf(first.body).id).toMatch(/^[0-9a-z]{16}$/);
    expect(noteOf(first.body).id).not.toBe(noteOf(second.body).id);
    expect(first.eventId).not.toBe(second.eventId);
    expect(noteOf(first.body).userId).toBe(noteOf(second.body).userId);
    expect(first.hookId).toBe(second.hookId);
  });

  test("Misskey 12 and 13 get ids of ten characters", () => {
    const sample = build({ event: "reply", dialect: resolveDialect("misskey@12.119") });
    const note = noteOf(sample.body);
    for (const id of [note.id, note.userId, note.replyId, sample.hookId, note.reply?.user.id])
      expect(id).toMatch(/^[0-9a-z]{10}$/);
    expect(note.user.avatarUrl).toBe(`https://misskey.example/identicon/${note.userId}`);
  });
});

describe("consistency of every sample in every dialect", () => {
  const cases = dialects.flatMap((dialect) =>
    listSamples(dialect)
      .filter(({ event, variant }) => {
        const spec = eventsOf(dialect).find(({ name }) => name === event);
        return (
          (spec?.scope === "user" || (spec !== undefined && dialect.api.systemWebhooks)) &&
          (variant !== "test-button" || dialect.api.testEndpoint)
        );
      })
      .map(({ event, variant }) => ({ dialect, row: `${dialect.family}@${dialect.since}`, event, variant })),
  );

  const checkNote = (note: AnyNote): void => {
    expect(note.userId).toBe(note.user.id);
    expect(note.files.map(({ id }) => id)).toEqual(note.fileIds);
    for (const file of note.files) expect([note.userId, null]).toContain(file.userId);
    if (note.reply) {
      expect(note.replyId).toBe(note.reply.id);
      expect(Date.parse(note.reply.createdAt)).toBeLessThanOrEqual(Date.parse(note.createdAt));
      checkNote(note.reply);
    }
    if (note.renote) {
      expect(note.renoteId).toBe(note.renote.id);
      checkNote(note.renote);
    }
  };

  test.each(cases)("$row $event/$variant", ({ dialect, event, variant }) => {
    const sample = build({ event, variant, dialect });
    const body = (dialect.envelope === "flat" ? sample.body : sample.body["body"]) as Record<string, unknown>;
    if ("note" in body) checkNote(body["note"] as AnyNote);
    if (dialect.envelope !== "flat") {
      const isSystem = !("userId" in sample.body);
      expect(Object.keys(sample.body)).toEqual(dialect.envelope.filter((key) => !(isSystem && key === "userId")));
    }
    const verdict = checkDelivery({ body: sample.body }, { as: dialect });
    expect(verdict.findings.filter(({ severity }) => severity === "error")).toEqual([]);
    const isRecognisable = variant === "test-button" && !event.startsWith("inactiveModerators");
    expect(verdict.origin).toBe(isRecognisable ? "test-button" : "event");
  });
});

test("servers that list the custom emoji of local notes list those of the text", () => {
  const sample = build({ event: "note", variant: "emoji-and-tags", dialect: resolveDialect("misskey@12.119") });
  const url = "https://misskey.example/emoji/party_parrot.webp";
  expect(noteOf(sample.body)).toHaveProperty("emojis", [{ name: "party_parrot", url }]);
});

describe("what the caller decides", () => {
  test("server, hook and owner are those asked for, wherever they stand", () => {
    const sample = build({ event: "mention", server: "http://127.0.0.1:3939/", hookId: "myhook", userId: "myuser" });
    expect(sample.server).toBe("http://127.0.0.1:3939");
    expect(sample.body).toMatchObject({ server: "http://127.0.0.1:3939", hookId: "myhook", userId: "myuser" });
    expect(noteOf(sample.body).mentions).toEqual(["myuser"]);
    expect(noteOf(sample.body).user.avatarUrl).toBe("http://127.0.0.1:3939/identicon/bob@127.0.0.1:3939");
    expect(JSON.stringify(sample.body)).not.toContain("misskey.example");
  });

  test("no variant means default, or the event's first", () => {
    expect(build({ event: "note" }).variant).toBe("default");
    expect(build({ event: "renote" }).variant).toBe("pure");
  });

  test("a fork's file that extends a family has its samples, and its own keys on top", () => {
    const text = '{"family": "my-fork", "extends": "sharkey"}';
    expect(build({ event: "edited", dialect: parseDialectFile(text, "my-fork.json") }).event).toBe("edited");
    const added =
      '{"family": "my-fork", "payload": {"set": {"Note": {"mood": "string|null"}}, "without": {"Note": ["clippedCount"]}}}';
    const note = noteOf(build({ event: "note", dialect: parseDialectFile(added, "my-fork.json") }).body);
    expect(note).toHaveProperty("mood", null);
    expect(note).not.toHaveProperty("clippedCount");
  });
});

describe("errors", () => {
  test.each([
    [{ event: "mentoin" }, "unknown-event", /mention/],
    [{ event: "reaction" }, "no-sample", /streaming/],
    [{ event: "edited" }, "event-not-in-dialect", /--as sharkey/],
    [{ event: "userCreated", as: "misskey@12.119" }, "event-not-in-dialect", /2024\.7/],
    [{ event: "note", variant: "nope" }, "unknown-variant", /default/],
    [{ event: "note", variant: "edited" }, "unknown-variant", /--as sharkey/],
    [{ event: "note", variant: "test-button", as: "misskey@13.14" }, "unknown-variant", /2024\.9/],
    [{ event: "note", server: "misskey.example" }, "invalid-server", /https/],
    [{ event: "note", server: "ftp://misskey.example" }, "invalid-server", /https/],
  ])("%j", ({ as = "misskey", ...request }: { event: string; as?: string }, code, hint) => {
    expect(() => build({ ...request, dialect: resolveDialect(as) })).toThrow(
      expect.objectContaining({ code, hint: expect.stringMatching(hint) as string }),
    );
  });
});
