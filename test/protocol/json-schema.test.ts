// The tables as JSON Schema say of a delivery what the checker says, told apart by an implementation that isn't ours.
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { checkDelivery, isObject, jsonSchemaOf, resolveDialect } from "../../src/protocol/index.js";
import { buildSample, listSamples, seededSource } from "../../src/samples/index.js";
import { recordedServers, recordingsOf } from "../support/recordings.js";

const compiled = new Map<string, ValidateFunction>();

function validatorOf(as: string, event: string): ValidateFunction {
  const key = `${as} ${event}`;
  const known = compiled.get(key);
  if (known !== undefined) return known;
  const schema = jsonSchemaOf(resolveDialect(as), event);
  if (schema === undefined) throw new Error(`${as} has no ${event}`);
  const validate = new Ajv2020({
    strict: true,
    strictTypes: false,
    strictRequired: false,
    validateFormats: false,
    inlineRefs: false,
  });
  const made = validate.compile(schema);
  compiled.set(key, made);
  return made;
}

/** Copies of a value with one key left out, or one value of another type, anywhere in it. */
function* mutantsOf(value: unknown): Generator {
  if (Array.isArray(value)) {
    for (const [index, entry] of value.entries())
      for (const mutant of mutantsOf(entry)) yield value.with(index, mutant);
    return;
  }
  if (!isObject(value)) return;
  for (const [key, entry] of Object.entries(value)) {
    const { [key]: _, ...rest } = value;
    yield rest;
    yield { ...value, [key]: typeof entry === "number" ? "1" : 1 };
    for (const mutant of mutantsOf(entry)) yield { ...value, [key]: mutant };
  }
}

describe.each(recordedServers())("%s", (server) => {
  const as = resolveDialect(server);
  const recordings = recordingsOf(server).filter(({ body }) => checkDelivery({ body }).origin === "event");

  test.each(recordings)("$kind/$name conforms", ({ body }) => {
    const validate = validatorOf(server, String(body["type"]));
    expect(validate(body) || validate.errors).toBe(true);
  });

  test("mutants are told apart as the checker tells them", () => {
    const seen = new Set<string>();
    for (const { body } of recordings) {
      const type = String(body["type"]);
      if (seen.has(type)) continue;
      seen.add(type);
      expect(validatorOf(server, type)(body)).toBe(true);
      const validate = validatorOf(server, type);
      let count = 0;
      for (const mutant of mutantsOf(body)) {
        // Every third, which leaves the test quick and misses no kind of key.
        count += 1;
        if (count % 3 !== 0 || !isObject(mutant) || mutant["type"] !== type || !("body" in mutant)) continue;
        const { findings } = checkDelivery({ body: mutant }, { as });
        const wrong = findings.filter(
          ({ code, severity, expected }) =>
            severity === "error" && !/seconds|origin/.test(expected) && code !== "foreign-event",
        );
        if (validate(mutant) !== (wrong.length === 0)) expect([mutant, validate.errors]).toEqual(wrong);
      }
    }
  });
});

test.each(["firefish", "nexkey", "ocean", "misskey@2024.11"])("samples of %s, which nobody recorded, conform", (as) => {
  const dialect = resolveDialect(as);
  for (const { event, variant } of listSamples(dialect)) {
    if (!["note", "follow"].includes(event) || variant === "test-button") continue;
    const { body } = buildSample({ ...seededSource("1"), event, variant, dialect });
    const validate = validatorOf(as, event);
    expect([event, variant, validate(body) || validate.errors]).toEqual([event, variant, true]);
  }
});

test("an event that the dialect hasn't has no schema", () => {
  expect(jsonSchemaOf(resolveDialect("misskey@12.119"), "userCreated")).toBeUndefined();
  expect(jsonSchemaOf(resolveDialect("misskey"), "constructor")).toBeUndefined();
});
