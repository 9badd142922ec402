import * as fc from "fast-check";
import { expect, test } from "vitest";
import * as z from "zod/mini";
import { compileType } from "../../src/protocol/compile-type.js";
import { compileDeliverySchema } from "../../src/protocol/delivery-schema.js";
import { guardOf } from "../../src/protocol/guard-of-schema.js";
import { findEvent, resolveDialect, tablesOf } from "../../src/protocol/index.js";
import { recordedDelivery } from "../support/recorded-delivery.js";

const types = ["string", "number", "integer", "boolean", "null", "object", "date-time", "uuid", "unknown", "'a'|'b'"];
const composed = [...types, "string|null", "number[]", "map<string>", "map<number>|string[]", "uuid|null", "'a'|null"];

const values = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom(Number.POSITIVE_INFINITY, 2 ** 60, 1.5, "a", "2026-11-21T23:42:34.996Z", "2026-13-01T00:00:00.000Z"),
  fc.uuid(),
  fc.constantFrom(JSON.parse('{"__proto__":1}'), { constructor: "x" }),
);

/** Where the guard leaves it to zod whether a key is one of the object's own. */
function isExotic(value: unknown): boolean {
  return (
    typeof value === "object" && value !== null && ["__proto__", "constructor"].some((key) => Object.hasOwn(value, key))
  );
}

test.each(composed)("the guard of %s accepts what zod accepts", (type) => {
  const schema = compileType(type, () => z.unknown());
  fc.assert(
    fc.property(values, (value) => {
      const [guard, accepted] = [guardOf(schema)(value), z.safeParse(schema, value).success];
      if (guard || !isExotic(value)) expect(guard).toBe(accepted);
    }),
    { numRuns: 500 },
  );
});

test("a real delivery passes, so that zod isn't asked", () => {
  const dialect = resolveDialect("misskey");
  const tables = tablesOf(dialect);
  if (tables === undefined) throw new Error("Misskey has tables");
  const { envelope } = dialect;
  const request = {
    event: findEvent("mention"),
    envelope,
    optionalEnvelopeKeys: [],
    position: "mention",
    direct: false,
  } as const;
  const body: unknown = JSON.parse(recordedDelivery("misskey@2026.3.2/deliveries/mention", "").body);
  expect(guardOf(compileDeliverySchema(tables, request))(body)).toBe(true);
});

test("objects: required and optional keys, strict and loose, and refinements", () => {
  const shape = { id: z.string(), "note?": z.optional(z.nullable(z.number())) };
  const local = z.strictObject(shape).check(z.refine((value) => value.id !== "remote"));
  for (const schema of [z.strictObject(shape), z.looseObject(shape), local]) {
    fc.assert(
      fc.property(
        fc.record(
          { id: fc.constantFrom("a", "remote", 1), "note?": fc.constantFrom(1, null, "x"), more: fc.constant(1) },
          { requiredKeys: [] },
        ),
        (value) => {
          expect(guardOf(schema)(value)).toBe(z.safeParse(schema, value).success);
        },
      ),
    );
  }
});
