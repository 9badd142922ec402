// The shape that an instance's own schema describes.
import { type ApiDocument, isSchema, type Schema } from "../schema/api-document.js";
import type { JsonType, KeyShape, ObjectShape, Shape } from "./shape.js";

const jsonTypes: Readonly<Record<string, JsonType>> = {
  string: "string",
  number: "number",
  integer: "number",
  boolean: "boolean",
  null: "null",
  array: "array",
  object: "object",
};

const referencePrefix = "#/components/schemas/";

/** Every object that a component needs, collected by name: its own, and those inside it. */
class Collector {
  readonly objects = new Map<string, ObjectShape>();

  constructor(private readonly schemas: Readonly<Record<string, Schema>>) {}

  addComponent(name: string): void {
    if (this.objects.has(name)) return;
    this.objects.set(name, new Map()); // before its own keys, since a note holds notes
    const schema = this.schemas[name];
    if (schema) this.objects.set(name, this.#keysOf(schema, name));
  }

  #keysOf(schema: Schema, name: string): ObjectShape {
    const keys = new Map<string, KeyShape>();
    for (const part of alternatives(schema["allOf"])) {
      const target = typeof part["$ref"] === "string" ? this.schemas[nameOf(part["$ref"])] : part;
      if (target) for (const [key, shape] of this.#keysOf(target, name)) keys.set(key, shape);
    }
    const required = Array.isArray(schema["required"]) ? (schema["required"] as unknown[]) : [];
    for (const [key, value] of Object.entries(isSchema(schema["properties"]) ? schema["properties"] : {})) {
      if (!isSchema(value)) continue;
      const types = new Set<JsonType>();
      const child = this.#read(value, types, `${name}.${key}`);
      keys.set(key, { types, child, optional: !required.includes(key) });
    }
    return keys;
  }

  /** Adds the types of a value; gives the kind of the objects in it. */
  #read(schema: Schema, types: Set<JsonType>, place: string): string | undefined {
    if (typeof schema["$ref"] === "string") {
      const name = nameOf(schema["$ref"]);
      types.add("object");
      this.addComponent(name);
      return name;
    }
    let child: string | undefined;
    for (const part of [...alternatives(schema["anyOf"]), ...alternatives(schema["allOf"])]) {
      child = this.#read(part, types, place) ?? child;
    }
    for (const type of [schema["type"]].flat())
      if (typeof type === "string" && jsonTypes[type]) types.add(jsonTypes[type]);
    if (isSchema(schema["items"])) return this.#read(schema["items"], new Set(), place) ?? child;
    if (!isSchema(schema["properties"])) return child;
    this.objects.set(place, this.#keysOf(schema, place));
    return place;
  }
}

function alternatives(value: unknown): Schema[] {
  return Array.isArray(value) ? value.filter(isSchema) : [];
}

function nameOf(reference: string): string {
  return reference.slice(referencePrefix.length);
}

/** The shape of what payloads are made of. */
export function shapeOfSchema({ title, schemas }: ApiDocument): Shape {
  const collector = new Collector(schemas);
  for (const name of ["Note", "UserLite", "UserDetailedNotMe"]) collector.addComponent(name);
  return { title, objects: collector.objects };
}
