import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { UsageError } from "../../src/errors.js";
import { compileQuery, type QuerySubject } from "../../src/query/index.js";

const mention: QuerySubject = {
  event: "mention",
  status: 204,
  ok: true,
  redelivery: false,
  findings: ["missing-key"],
  headers: { "x-misskey-host": "misskey.example" },
  body: { note: { visibility: "public", cw: null, text: "Hello World", tags: ["a", "b"], files: [{ size: 4 }] } },
};

describe("what is true of a delivery", () => {
  test.each([
    ['event == "mention" and body.note.visibility == "public"', true],
    ['event == "mention" and body.note.visibility == "home"', false],
    ['event in ("reply", "mention")', true],
    ['event not in ("reply", "mention")', false],
    ["status >= 200 and status < 300", true],
    ["ok", true],
    ["redelivery", false],
    ["not(ok)", false],
    ["not (ok and redelivery)", true],
    ['ok and(event=="mention")', true],
    ['"missing-key" in findings', true],
    ["count(findings) > 0", true],
    ["body.note.cw == null", true],
    ["body.note.files.0.size == 4", true],
    ["body.note.files[0].size == 4", true],
    ["note.files[0].size == 4", true],
    ["note.files.0.size == 4", true],
    ['"a" in body.note.tags', true],
    ['contains(body.note.text, "world")', true],
    ['contains(body.note.tags, "b")', true],
    ['startsWith(body.note.text, "Hello")', true],
    ["'headers.x-misskey-host' == \"misskey.example\"", true],
    ['event == "say \\"hi\\""', false],
  ])("%s is %s", (expression, expected) => {
    expect(compileQuery(expression)(mention)).toBe(expected);
  });
});

describe("an absent path is simply not equal", () => {
  test.each([
    ['body.note.nothing == "x"', false],
    ['body.note.nothing != "x"', true],
    ["body.note.nothing == null", false],
    ["body.note.nothing == body.note.nowhere", false],
    ["body.note.nothing > 5", false],
    ["body.note.nothing <= 5", false],
    ['body.note.nothing in ("a", "b")', false],
    ['"a" in body.note.nothing', false],
    ["body.note.nothing", false],
    ["not body.note.nothing", true],
    ["exists(body.note.nothing)", false],
    ["empty(body.note.nothing)", true],
    ['contains(body.note.nothing, "x")', false],
    ['body.note.nothing > 5 or event == "mention"', true],
    ['"a" in body.note.nothing or event == "mention"', true],
    ["body.note.nothing + 1 == 2", false],
    ["body.constructor == body.constructor", false],
    ["exists(body.__proto__)", false],
    ["exists(body.note.text.length)", false],
  ])("%s is %s", (expression, expected) => {
    const query = expression === "body.note.nothing" ? `${expression} or false` : expression;
    expect(compileQuery(query)(mention)).toBe(expected);
  });
});

function troubleOf(expression: string): string {
  try {
    compileQuery(expression);
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    expect((error as UsageError).code).toBe("bad-query");
    return (error as UsageError).message;
  }
  throw new Error(`${expression} was taken`);
}

describe("a wrong expression says where it is wrong", () => {
  test.each([
    ['event = "mention"', "column 7: write =="],
    ['event == "mention" && ok', "column 20: write and"],
    ['event == "men', "column 10: this text has no end"],
    ['(event == "a"', "column 14: something is missing at the end"],
    ['event == "a" and', "column 17: something is missing at the end"],
    ["", "column 1: something is missing at the end"],
    ['event == == "a"', "column 10: == can't stand here"],
    ['event == "a" ) or ok', "column 14: ) can't stand here"],
    ["event == mention", 'column 10: there is no mention (a text is written "mention")'],
    ["event == 'mention'", "column 10: there is no 'mention'".replaceAll("'", "")],
    ["size(findings) > 0", "column 1: there is no function size"],
    ["body.note.files[a].size == 4", "column 16: a place in a list"],
    ['event == "é" é', "column 14: é has no meaning here"],
    ['ok and\n  event = "x"', "line 2, column 9: write =="],
    ["status", "column 1: it is a value"],
    ["1 + 2", "column 1: it is a value"],
    ["event ? ok : ok", "column 7: ? has no meaning here"],
    ["constructor", "column 1: there is no constructor"],
  ])("%j: %s", (expression, expected) => {
    expect(troubleOf(expression)).toContain(`The expression is wrong at ${expected}`);
  });

  test("with a caret below the place", () => {
    expect(troubleOf('event == "a" &&').split("\n").slice(1)).toEqual([
      '       event == "a" &&',
      `       ${" ".repeat(13)}^`,
    ]);
  });
});

test("no text makes it throw anything else, and no delivery makes an expression throw", () => {
  const word = fc.constantFrom("event", "==", '"a"', "and", "not", "(", ")", "in", "body.x", "1", ",", "or", "<", "-");
  const expressions = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(word, { maxLength: 12 }).map((words) => words.join(" ")),
  );
  fc.assert(
    fc.property(expressions, fc.dictionary(fc.string(), fc.jsonValue()), (expression, body) => {
      try {
        expect(typeof compileQuery(expression)({ ...mention, body })).toBe("boolean");
      } catch (error) {
        expect(error).toBeInstanceOf(UsageError);
      }
    }),
    { numRuns: 300 },
  );
});

test("nesting without end is an error, not a crash", () => {
  expect(troubleOf("(".repeat(999) + ")".repeat(999))).toContain("wrong at");
  expect(() => compileQuery("x".repeat(5000))).toThrow(expect.objectContaining({ code: "query-too-long" }));
});
