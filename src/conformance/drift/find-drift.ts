// What changed between a shape and what was seen.
import type { Seen, SeenKey, SeenObject } from "./observe-deliveries.js";
import type { JsonType, KeyShape, ObjectShape, Shape } from "./shape.js";

/**
 * - `new`: a key that wasn't known
 * - `gone`: a key that was always there, and is absent from some or all
 * - `type`: another type
 * - `nullability`: null where there was none
 */
export type DriftChange = "new" | "gone" | "type" | "nullability";

export interface Drift {
  /** The kind of object: `Note`, `UserLite` … */
  readonly object: string;
  readonly key: string;
  readonly change: DriftChange;
  readonly expected: string;
  readonly received: string;
  /** How many objects show it. */
  readonly seen: number;
  /** How many objects of the kind there were. */
  readonly of: number;
  /** A capture that shows it. */
  readonly source: string;
}

function inWords(types: Iterable<JsonType>): string {
  return [...types].toSorted().join("|");
}

function compareKey(object: string, key: string, known: KeyShape | undefined, found: SeenKey, of: number): Drift[] {
  const received = inWords(found.types);
  const about = { object, key, received, seen: found.count, of, source: found.source };
  if (known === undefined) return [{ ...about, change: "new", expected: "no such key" }];
  const expected = inWords(known.types);
  const others = [...found.types].filter((type) => type !== "null" && !known.types.has(type));
  const drifts: Drift[] = [];
  // Of a schema that says nothing about the type, anything is to be expected.
  if (known.types.size > 0 && others.length > 0) drifts.push({ ...about, change: "type", expected });
  if (known.types.size > 0 && found.types.has("null") && !known.types.has("null")) {
    drifts.push({ ...about, change: "nullability", expected });
  }
  return drifts;
}

function goneKeys(object: string, expected: ObjectShape, seen: SeenObject): Drift[] {
  return [...expected]
    .filter(([key, { optional }]) => !optional && (seen.keys.get(key)?.count ?? 0) < seen.count)
    .map(([key, { types }]) => ({
      object,
      key,
      change: "gone",
      expected: inWords(types),
      received: "no such key",
      seen: seen.count - (seen.keys.get(key)?.count ?? 0),
      of: seen.count,
      source: seen.source,
    }));
}

/** Every difference, by kind of object and key. Kinds that the shape doesn't know are left out. */
export function findDrift(seen: Seen, shape: Shape): Drift[] {
  return [...seen].flatMap(([object, found]) => {
    const expected = shape.objects.get(object);
    if (expected === undefined) return [];
    const differences = [...found.keys].flatMap(([key, known]) =>
      compareKey(object, key, expected.get(key), known, found.count),
    );
    return [...differences, ...goneKeys(object, expected, found)];
  });
}
