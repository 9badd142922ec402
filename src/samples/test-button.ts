// The test button's deliveries as each server writes them. The sample files hold Misskey's present ones.
import type { Dialect } from "../protocol/index.js";
import type { WireShape } from "./wire-shapes.js";

type Json = Readonly<Record<string, unknown>>;

function replaceValues(value: unknown, replacements: Json): unknown {
  if (Array.isArray(value)) return value.map((entry) => replaceValues(entry, replacements));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).flatMap(([key, entry]): [string, unknown][] => {
    if (!Object.hasOwn(replacements, key)) return [[key, replaceValues(entry, replacements)]];
    return replacements[key] === undefined ? [] : [[key, replacements[key]]];
  });
  return Object.fromEntries(entries);
}

/** The body of a test delivery, given as Misskey sends it at present, as servers of this dialect send it. */
export function testButtonInDialect(body: Json, { testButtonForm }: Dialect, { testButton }: WireShape): Json {
  const written = replaceValues(body, testButton) as Json;
  const inner = written["note"] ?? written["user"];
  return testButtonForm === "direct" && inner !== undefined ? (inner as Json) : written;
}
