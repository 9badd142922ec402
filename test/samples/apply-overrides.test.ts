import { assert, boolean, property, string } from "fast-check";
import { describe, expect, test } from "vitest";
import { resolveDialect } from "../../src/protocol/index.js";
import { applyOverrides, buildSample, seededSource } from "../../src/samples/index.js";

const sampleOf = (event: string, variant?: string, as = "misskey"): Record<string, unknown> =>
  buildSample({ event, variant, dialect: resolveDialect(as), ...seededSource("overrides") }).body;
const mention = sampleOf("mention", "everything");
const flat = sampleOf("note", "default", "misskey@12.109");

describe("set", () => {
  test.each([
    ["body.note.text=hello", "body.note.text", "hello"],
    ["note.text=hello", "body.note.text", "hello"],
    ["text=null", "body.note.text", null],
    ["user.name=42", "body.note.user.name", 42],
    ['user.name="42"', "body.note.user.name", "42"],
    ["files[0].size=1e3", "body.note.files[0].size", 1000],
    ["body.note.poll.choices[1].text=a=b", "body.note.poll.choices[1].text", "a=b"],
    ['tags=["a","b"]', "body.note.tags", ["a", "b"]],
    ["text=", "body.note.text", ""],
    ["createdAt=1", "createdAt", 1],
    ["type=note", "type", "note"],
    ["body={}", "body", {}],
  ])("%s", (assignment, path, value) => {
    expect(applyOverrides(mention, { set: [assignment] })).toHaveProperty(path, value);
  });

  test("keeps the order of keys and leaves the sample alone", () => {
    const before = JSON.stringify(mention);
    const after = applyOverrides(mention, { set: ["text=hello"] });
    expect(JSON.stringify(mention)).toBe(before);
    expect(Object.keys((after["body"] as { note: object }).note)).toEqual(
      Object.keys((mention["body"] as { note: object }).note),
    );
  });

  test("works on the flat envelope, with and without body in front", () => {
    expect(applyOverrides(flat, { set: ["note.text=a"] })).toHaveProperty("note.text", "a");
    expect(applyOverrides(flat, { set: ["body.note.text=b"] })).toHaveProperty("note.text", "b");
    expect(applyOverrides(flat, { set: ["text=c"] })).toHaveProperty("note.text", "c");
  });

  test.each([
    ["body.note.txt=1", /Did you mean body\.note\.text\?/],
    ["user.nmae=1", /Did you mean body\.note\.user\.name\?/],
    ["files[7].size=1", /Did you mean body\.note\.files\[\d\]\.size\?/],
  ])("an unknown path is an error with a hint: %s", (assignment, hint) => {
    expect(() => applyOverrides(mention, { set: [assignment] })).toThrow(
      expect.objectContaining({ code: "unknown-path", hint: expect.stringMatching(hint) as string }),
    );
  });

  test("force makes what isn't there", () => {
    const force = { force: true };
    expect(applyOverrides(mention, { set: ["note.mood=happy"] }, force)).toHaveProperty("body.note.mood", "happy");
    expect(applyOverrides(mention, { set: ["extra.list[0].x=1"] }, force)).toHaveProperty("extra.list", [{ x: 1 }]);
    expect(applyOverrides(mention, { set: ['reactions[":a.b@.:"]=3'] }, force)).toHaveProperty(
      ["body", "note", "reactions", ":a.b@.:"],
      3,
    );
  });
});

describe("unset and merge", () => {
  test("unset removes keys and elements", () => {
    const after = applyOverrides(mention, { unset: ["poll", "files[0]", "user.name"] });
    expect(after).not.toHaveProperty("body.note.poll");
    expect(after).not.toHaveProperty("body.note.user.name");
    expect(after).toHaveProperty("body.note.files.length", 1);
    expect(() => applyOverrides(mention, { unset: ["pol"] })).toThrow(/no “pol”/);
    expect(applyOverrides(mention, { unset: ["pol"] }, { force: true })).toEqual(mention);
  });

  test("merge is RFC 7396, and goes before set", () => {
    const merge = { body: { note: { cw: null, text: "merged", extra: { a: 1 } } } };
    const after = applyOverrides(mention, { merge, set: ["extra.a=2"] });
    expect(after).toHaveProperty("body.note.text", "merged");
    expect(after).not.toHaveProperty("body.note.cw");
    expect(after).toHaveProperty("body.note.extra.a", 2);
  });
});

describe("wild input", () => {
  test.each(["__proto__.x=1", "body.constructor.prototype.x=1", 'body["__proto__"].x=1'])(
    "%s is refused",
    (assignment) => {
      expect(() => applyOverrides(mention, { set: [assignment] }, { force: true })).toThrow(
        expect.objectContaining({ code: "unsafe-path" }),
      );
      const merge = JSON.parse('{"body": {"__proto__": {"x": 1}}}') as Record<string, unknown>;
      expect(() => applyOverrides(mention, { merge })).toThrow(expect.objectContaining({ code: "unsafe-path" }));
      expect({}).not.toHaveProperty("x");
    },
  );

  test.each(["", "=1", "a..b=1", ".a=1", "a.=1", "a[=1", "a[x]=1", 'a["=1', "text"])(
    "“%s” is no assignment",
    (assignment) => {
      expect(() => applyOverrides(mention, { set: [assignment] }, { force: true })).toThrow(
        expect.objectContaining({ code: "invalid-path" }),
      );
    },
  );

  test("any text either works or is a usage error", () => {
    assert(
      property(string(), boolean(), (assignment, force) => {
        try {
          applyOverrides(mention, { set: [assignment] }, { force });
        } catch (error) {
          expect(error).toMatchObject({ outcome: "usage" });
        }
      }),
    );
  });
});

test("a change that is nested deeper than anything that servers send is refused", () => {
  const deep = `${"[".repeat(50_000)}${"]".repeat(50_000)}`;
  const tooDeep = expect.objectContaining({ code: "change-too-deep" });
  expect(() => applyOverrides(mention, { set: [`body=${deep}`] })).toThrow(tooDeep);
  expect(() => applyOverrides(mention, { merge: { body: JSON.parse(deep) } })).toThrow(tooDeep);
});
