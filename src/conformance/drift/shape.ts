// Shapes of payloads: which keys each kind of object has, of which types. What a dialect's tables, an instance's
// schema and a pile of captures all come down to, so that any two of them can be compared.

export type JsonType = "string" | "number" | "boolean" | "null" | "array" | "object";

/** One key of an object. */
export interface KeyShape {
  readonly types: ReadonlySet<JsonType>;
  /** It may be absent. */
  readonly optional: boolean;
  /** The kind of the objects in it, or in the list in it; undefined where nothing is known about them. */
  readonly child?: string | undefined;
}

export type ObjectShape = ReadonlyMap<string, KeyShape>;

/** Objects by kind: `Note`, `UserLite`, `DriveFile` … */
export interface Shape {
  /** What it is the shape of, for people. */
  readonly title: string;
  readonly objects: ReadonlyMap<string, ObjectShape>;
}

export function jsonTypeOf(value: unknown): JsonType {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  const type = typeof value;
  return type === "string" || type === "number" || type === "boolean" ? type : "object";
}
