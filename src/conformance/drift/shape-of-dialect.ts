// The shape that a dialect's tables describe.
import { type Dialect, dialectName, resolveTables, tablesOf } from "../../protocol/index.js";
import type { JsonType, KeyShape, ObjectShape, Shape } from "./shape.js";

const scalars: Readonly<Record<string, JsonType>> = {
  string: "string",
  number: "number",
  integer: "number",
  boolean: "boolean",
  null: "null",
  object: "object",
  "date-time": "string",
  uuid: "string",
};

function readAlternative(text: string, types: Set<JsonType>): string | undefined {
  const scalar = scalars[text];
  if (scalar) types.add(scalar);
  else if (text.startsWith("'")) types.add("string");
  else if (text.endsWith("[]")) {
    types.add("array");
    const item = text.slice(0, -2);
    return item in scalars ? undefined : item;
  } else types.add("object");
  return scalar !== undefined || /^('|map<)/.test(text) ? undefined : text;
}

/** A key of a table: `DriveFile[]`, `string|null`, `map<number>` … */
function keyShape(type: string, optional: boolean): KeyShape {
  const types = new Set<JsonType>();
  let child: string | undefined;
  for (const alternative of type.split("|")) {
    if (alternative === "unknown") for (const any of Object.values(scalars)) types.add(any);
    child = readAlternative(alternative, types) ?? child;
  }
  return { types, optional, child };
}

/** The dialect's shape; Misskey's present one where a dialect's payloads were never seen. */
export function shapeOfDialect(dialect: Dialect): Shape {
  const tables = tablesOf(dialect) ?? resolveTables();
  const positions = ["note", "reply", "renote", "mention", "edited", "nestedReply", "nestedRenote", "pinned"] as const;
  const sometimes = new Set(positions.flatMap((position) => tables.optionalIn(position)));
  const localOnly = new Set(tables.localUserKeys);
  const objects = new Map<string, ObjectShape>();
  for (const [name, table] of tables.objects) {
    const isOptional = (key: string): boolean =>
      (name === "Note" && sometimes.has(key)) || (name.startsWith("User") && localOnly.has(key));
    objects.set(
      name,
      new Map([...table].map(([key, spec]) => [key, keyShape(spec.type, spec.optional || isOptional(key))])),
    );
  }
  return { title: dialectName(dialect), objects };
}
