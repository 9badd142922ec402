// What people reported or wrote about servers and forks that we never ran, made after their shape, and judged.
import { describe, expect, test } from "vitest";
import {
  checkDelivery,
  headerLookup,
  parseDialectFile,
  requestHeaders,
  resolveDialect,
} from "../../src/protocol/index.js";
import { buildSample, seededSource } from "../../src/samples/index.js";

type Json = Record<string, unknown>;

function sampleOf(event: string, as = "misskey", variant?: string): Json {
  return buildSample({ ...seededSource("reported"), event, variant, dialect: resolveDialect(as) }).body;
}

/** The sample of an event with another type and body around the same envelope. */
function envelopeOf(event: string, type: string, body: Json, as?: string): Json {
  return { ...sampleOf(event, as), type, body };
}

const found = (body: Json, as?: string) => {
  const { ok, findings } = checkDelivery({ body }, { as: as === undefined ? undefined : resolveDialect(as) });
  return {
    ok,
    codes: findings.filter(({ severity }) => severity !== "info").map(({ code, path }) => `${code} ${path}`),
  };
};

const note = (sampleOf("note")["body"] as Json)["note"];
const user = (sampleOf("followed")["body"] as Json)["user"];

describe("events that only a fork has", () => {
  test("a reaction, which one fork of Calckey sends, is no fault", () => {
    const calckey = (sampleOf("note", "calckey")["body"] as Json)["note"];
    const reaction = { user, emojiName: ":duck:", customEmoji: null };
    const body = envelopeOf("note", "reaction", { note: calckey, reaction }, "calckey");
    expect(found(body)).toEqual({ ok: true, codes: ["never-sent type"] });
    expect(found(body, "calckey")).toEqual({ ok: true, codes: ["never-sent type"] });
  });

  test("a reaction as it was proposed for Misskey is no fault either", () => {
    const body = envelopeOf("note", "reaction", { note, reaction: { id: "x", user, type: ":duck:" } });
    expect(found(body)).toEqual({ ok: true, codes: ["never-sent type"] });
  });

  test.each([
    ["note@carol", { note }],
    ["notification", { notification: { id: "x", type: "reaction", user, note, reaction: ":duck:" } }],
  ])("%s is unknown, with a warning", (type, body) => {
    expect(found(envelopeOf("note", type, body))).toEqual({ ok: true, codes: ["unknown-event type"] });
    expect(found(envelopeOf("note", type, body), "misskey")).toEqual({ ok: true, codes: ["unknown-event type"] });
  });

  test("an unknown event without userId may be a system event", () => {
    const { userId, ...body } = envelopeOf("note", "emojiRequestCreated", { id: "x", name: "duck" });
    expect(userId).toBeDefined();
    expect(found(body)).toEqual({ ok: true, codes: ["unknown-event type"] });
    expect(found(body, "misskey")).toEqual({ ok: true, codes: ["unknown-event type"] });
  });
});

describe("a fork's file can describe", () => {
  const fork = parseDialectFile(
    JSON.stringify({
      family: "pond",
      extends: "misskey@12.119",
      headers: { omitsEmptySecret: true },
      events: [
        { name: "note@*", body: "note" },
        { name: "emojiRequestCreated", scope: "system", body: { id: "string", name: "string", "note?": "Note" } },
        { name: "reaction", body: { note: "Note", reaction: "object" } },
        { name: "pondDrained", scope: "system" },
      ],
    }),
    "pond.json",
  );
  const judge = (body: Json) =>
    checkDelivery({ body }, { as: fork }).findings.filter(({ severity }) => severity !== "info");

  test("events by a pattern, whose notes are checked and can be sent", () => {
    const { body } = buildSample({ ...seededSource("1"), event: "note@carol", dialect: fork });
    expect(body["type"]).toBe("note@carol");
    expect(judge(body)).toEqual([]);
    const { text: _text, ...rest } = (body["body"] as { note: Json }).note;
    expect(judge({ ...body, body: { note: rest } })).toMatchObject([{ code: "missing-key", path: "body.note.text" }]);
  });

  test("system events with keys of their own", () => {
    const { userId: _userId, ...envelope } = envelopeOf(
      "note",
      "emojiRequestCreated",
      { id: "x", name: "duck" },
      "misskey@12.119",
    );
    expect(judge(envelope)).toEqual([]);
    expect(judge({ ...envelope, body: { id: "x", name: 1 } })).toMatchObject([
      { code: "wrong-type", path: "body.name" },
    ]);
    expect(judge({ ...envelope, type: "pondDrained", body: { anything: 1 } })).toEqual([]);
  });

  test("that reaction is sent, and what is in it", () => {
    const { note: old } = sampleOf("note", "misskey@12.119")["body"] as Json & { note: Json };
    const body = envelopeOf("note", "reaction", { note: old, reaction: { user } }, "misskey@12.119");
    expect(judge(body)).toEqual([]);
    expect(judge({ ...body, body: { note: old } })).toMatchObject([{ code: "missing-key", path: "body.reaction" }]);
  });

  test("that the secret's header is left out when it is empty", () => {
    const values = { host: "pond.example", hookId: "aik2svvo17" };
    const pairs = requestHeaders(fork, { ...values, secret: "" });
    expect(pairs.map(([name]) => name)).not.toContain("x-misskey-hook-secret");
    expect(requestHeaders(fork, { ...values, secret: "s" }).map(([name]) => name)).toContain("x-misskey-hook-secret");
    const body = sampleOf("note", "misskey@12.119");
    const headers = requestHeaders(fork, { ...values, hookId: String(body["hookId"]), secret: "" });
    const codes = (as: typeof fork) =>
      checkDelivery({ headers: headerLookup(headers), body }, { as })
        .findings.filter(({ severity }) => severity !== "info")
        .map(({ code }) => code);
    expect(codes(fork)).toEqual([]);
    expect(codes(resolveDialect("misskey@12.119"))).toEqual(["missing-header"]);
  });
});

describe("bodies of system events as somebody's types have them", () => {
  const report = sampleOf("abuseReport")["body"] as Json;
  const without = (...keys: string[]) =>
    Object.fromEntries(Object.entries(report).filter(([key]) => !keys.includes(key)));

  test.each([
    [
      "remainingTime as a number",
      "inactiveModeratorsWarning",
      { remainingTime: 86_400_000 },
      ["wrong-type body.remainingTime"],
    ],
    ["a key in an empty body", "inactiveModeratorsInvitationOnlyChanged", { invitationOnly: true }, []],
    ["reportId for id", "abuseReportResolved", { reportId: "x", ...without("id") }, ["missing-key body.id"]],
    ["no resolved", "abuseReport", without("resolved"), ["missing-key body.resolved"]],
  ])("%s", (_what, type, body, codes) => {
    expect(found(envelopeOf(type, type, body))).toEqual({ ok: codes.length === 0, codes });
  });

  test("a report with ids alone is that of 2024.9, and not of 2024.10", () => {
    const body = sampleOf("abuseReport", "misskey@2024.9");
    expect(found(body)).toEqual({ ok: true, codes: [] });
    expect(found(body, "misskey@2024.9")).toEqual({ ok: true, codes: [] });
    expect(found(body, "misskey@2024.10").ok).toBe(false);
  });

  test("userCreated of 2024.7 is that of 2024.8 too", () => {
    expect(found(sampleOf("userCreated", "misskey@2024.7"), "misskey@2024.8")).toEqual({ ok: true, codes: [] });
  });
});

test("a user of Misskey 12 may be told to be an administrator", () => {
  const body = sampleOf("mention", "misskey@12.119");
  const author = (body["body"] as { note: { user: Json } }).note.user;
  author["isAdmin"] = true;
  expect(found(body, "misskey@12.119")).toEqual({ ok: true, codes: [] });
});

test.each(["barkle", "groundpolis", "campra"])("%s sets no content type, so fetch says text/plain", (family) => {
  const as = resolveDialect(family);
  const body = sampleOf("note", family);
  const headers = requestHeaders(as, { host: "pond.example", hookId: String(body["hookId"]), secret: "frog" });
  expect(headers).toContainEqual(["content-type", "text/plain;charset=UTF-8"]);
  const codes = checkDelivery({ headers: headerLookup(headers), body }, { as }).findings.map(({ code }) => code);
  expect(codes).toEqual(["unverified-dialect"]);
});

describe("the nearest dialect", () => {
  const nearest = (body: Json) => checkDelivery({ body }).dialect;

  test("of a payload with server is none that doesn't send it", () => {
    const body = sampleOf("mention");
    const { text: _text, files: _files, visibility: _visibility, ...rest } = (body["body"] as { note: Json }).note;
    expect(nearest({ ...body, body: { note: rest } })).toBe("misskey@2025.4");
    expect(checkDelivery({ body: { ...body, body: { note: rest } } }).ok).toBe(false);
  });

  test.each(["misskey@13.14", "misskey@2023.12", "sharkey", "cherrypick", "iceshrimp"])(
    "is the one that it shares most with: %s",
    (as) => {
      const body = sampleOf("mention", as);
      const { text: _text, userId: _userId, ...rest } = (body["body"] as { note: Json }).note;
      expect(resolveDialect(nearest({ ...body, body: { note: { ...rest, files: null } } }) ?? "")).toBe(
        resolveDialect(as),
      );
    },
  );

  test("is the family that alone has the event", () => {
    const { body: inner } = sampleOf("mention");
    expect(nearest(envelopeOf("note", "edited", inner as Json))).toMatch(/^sharkey/);
    expect(nearest(sampleOf("inactiveModeratorsDisablePublicNoteChanged", "cherrypick"))).toBe("cherrypick");
  });
});
