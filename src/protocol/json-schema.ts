// The payload tables as JSON Schema (draft 2020-12), for tools and languages that know no tables.
import { alternativesOf } from "./compile-type.js";
import { envelopeTypes, nestedPlace, type Place, placeInside } from "./delivery-schema.js";
import type { Dialect } from "./dialect.js";
import { tablesOfAny } from "./dialect-candidates.js";
import { bodyOf } from "./event-body.js";
import type { EventSpec } from "./events.js";
import { findEventOf } from "./events-of-dialect.js";
import type { Json } from "./json-object.js";
import { guaranteedByPosition, type NotePosition, notePositions, type ObjectTable } from "./payload-tables.js";
import { type DialectTables, type KeySpec, readKey, tablesOf } from "./tables-of-dialect.js";

const scalars: ReadonlyMap<string, Json> = new Map(
  Object.entries({
    string: { type: "string" },
    number: { type: "number" },
    integer: { type: "integer" },
    boolean: { type: "boolean" },
    null: { type: "null" },
    object: { type: "object" },
    "date-time": {
      type: "string",
      format: "date-time",
      pattern: "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?Z$",
    },
    uuid: {
      type: "string",
      format: "uuid",
      pattern: "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-4[0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}$",
    },
    unknown: {},
  }),
);

/** Where the note of an event may stand: an edited one is sent again under the same name. */
function positionsOf({ name }: EventSpec): readonly NotePosition[] {
  if (name === "note") return ["note", "edited"];
  if (name === "reply") return ["reply", "editedReply"];
  return [notePositions.find((position) => position === name) ?? "note"];
}

/** Writes the objects of one event's body, each place of a note as a definition of its own. */
class SchemaWriter {
  readonly definitions: Record<string, Json> = {};

  constructor(
    private readonly tables: DialectTables,
    /** Keys that notes may lack because of the event. */
    private readonly lacking: readonly string[],
    /** Those of them that only edited ones lack. */
    private readonly lackingOnceEdited: readonly string[],
  ) {}

  type(written: string, place: Place): Json {
    const alternatives = alternativesOf(written);
    const literals = alternatives.filter((part) => part.startsWith("'")).map((part) => part.slice(1, -1));
    const others = alternatives.filter((part) => !part.startsWith("'")).map((part) => this.one(part, place));
    const all = literals.length > 0 ? [{ enum: literals }, ...others] : others;
    return all.length === 1 ? (all[0] ?? {}) : { anyOf: all };
  }

  private one(type: string, place: Place): Json {
    const scalar = scalars.get(type);
    if (scalar) return scalar;
    if (type.endsWith("[]")) return { type: "array", items: this.type(type.slice(0, -2), place) };
    const map = /^map<(.+)>$/.exec(type)?.[1];
    if (map !== undefined) return { type: "object", additionalProperties: this.type(map, place) };
    return this.reference(type, place);
  }

  private reference(name: string, place: Place): Json {
    const id = name === "Note" && place.length > 1 ? `${name}.${place.slice(1).join(".")}` : name;
    if (!Object.hasOwn(this.definitions, id)) {
      // Reserved first: notes in notes go round in a circle.
      this.definitions[id] = {};
      this.definitions[id] = this.object(name, place);
    }
    return { $ref: `#/$defs/${id}` };
  }

  private object(name: string, place: Place): Json {
    const table = this.tables.objects.get(name) ?? new Map<string, KeySpec>();
    const isNote = name === "Note";
    const absent = new Set(isNote ? [...this.lacking, ...place.slice(1).flatMap(this.tables.optionalIn)] : []);
    const guaranteed = (isNote && place.length === 1 && place[0] && guaranteedByPosition[place[0]]) || {};
    const keys = new Map(
      [...table].map(([key, { type, optional }]) => [optional || absent.has(key) ? `${key}?` : key, type]),
    );
    for (const [key, type] of Object.entries(guaranteed)) {
      keys.delete(`${key}?`);
      keys.set(key, type);
    }
    const schema = this.keys(Object.fromEntries(keys), place);
    const unlessEdited = this.lackingOnceEdited.filter((key) => table.get(key)?.optional === false);
    if (isNote && place.length === 1 && unlessEdited.length > 0) {
      // An edited note is sent again under the same name, and says that it was edited.
      return { ...schema, anyOf: [{ required: ["updatedAt"] }, { required: unlessEdited }] };
    }
    const local = this.tables.localUserKeys.filter((key) => table.has(key));
    if (!name.startsWith("User") || local.length === 0) return schema;
    // Some keys are there exactly for users of the server itself.
    return { ...schema, anyOf: [{ properties: { host: { type: "string" } } }, { required: local }] };
  }

  keys(table: ObjectTable, place: Place): Json {
    const properties: Record<string, Json> = {};
    const required: string[] = [];
    for (const [written, type] of Object.entries(table)) {
      const [key, optional] = readKey(written);
      const nested = nestedPlace[key];
      properties[key] = this.type(type, nested === undefined ? place : placeInside(place, nested));
      if (!optional) required.push(key);
    }
    return { type: "object", properties, required };
  }
}

/**
 * The JSON Schema of a delivery's body: one event as servers of a dialect send it, test deliveries aside. Keys that it
 * doesn't name are allowed, since forks add keys.
 * @returns undefined when servers of the dialect don't have the event
 */
export function jsonSchemaOf(dialect: Dialect, name: string): Json | undefined {
  const event = findEventOf(dialect, name);
  if (event === undefined) return undefined;
  const tables = tablesOf(dialect) ?? tablesOfAny([]);
  const positions = positionsOf(event);
  const top: Place = positions.slice(0, 1);
  const unedited = new Set(top.flatMap(tables.optionalIn));
  const lacking = positions.flatMap(tables.optionalIn);
  const writer = new SchemaWriter(
    tables,
    lacking,
    lacking.filter((key) => !unedited.has(key)),
  );
  const body = bodyOf(event, false);
  const ofBody = typeof body === "string" ? writer.type(body, top) : writer.keys(body, top);
  const type = event.name.includes("*") ? { type: "string" } : { const: event.name };
  const flat = dialect.envelope === "flat";
  const envelope = dialect.envelope === "flat" ? (["type"] as const) : dialect.envelope;
  const keys = envelope.filter((key) => key !== "userId" || event.scope !== "system");
  const properties = Object.fromEntries(
    keys.map((key) => [key, key === "body" ? ofBody : key === "type" ? type : writer.type(envelopeTypes[key], top)]),
  );
  const inner = flat ? (ofBody as { properties?: Json; required?: readonly string[] }) : {};
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: `${event.name} (${dialect.title})`,
    description: event.when,
    type: "object",
    properties: { ...properties, ...inner.properties },
    required: [...keys, ...(inner.required ?? [])],
    $defs: writer.definitions,
  };
}
