// The test button's deliveries as each server writes them. The sample files hold Misskey's present ones.
import type { Dialect, Writing } from "../protocol/index.js";

type Json = Readonly<Record<string, unknown>>;

function replaceValues(value: unknown, replacements: Writing["testButton"]): unknown {
  if (Array.isArray(value)) return value.map((entry) => replaceValues(entry, replacements));
  if (typeof value !== "object" || value === null) return value;
  const { values, omits } = replacements;
  const entries = Object.entries(value).flatMap(([key, entry]): [string, unknown][] => {
    if (omits.includes(key)) return [];
    return [[key, Object.hasOwn(values, key) ? values[key] : replaceValues(entry, replacements)]];
  });
  return Object.fromEntries(entries);
}

/** The body of a test delivery, given as Misskey sends it at present, as servers of this dialect send it. */
export function testButtonInDialect(body: Json, { testButtonForm, writing }: Dialect): Json {
  const written = replaceValues(body, writing.testButton) as Json;
  const inner = written["note"] ?? written["user"];
  return testButtonForm === "direct" && inner !== undefined ? (inner as Json) : written;
}
