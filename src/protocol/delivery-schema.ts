// The zod schema of a whole delivery: envelope and body of one event in one dialect, compiled when first needed.
import * as z from "zod/mini";
import { compileType } from "./compile-type.js";
import type { EnvelopeKey } from "./dialect.js";
import { bodyOf } from "./event-body.js";
import type { EventSpec } from "./events.js";
import { guaranteedByPosition, type NotePosition, type ObjectTable } from "./payload-tables.js";
import { type DialectTables, type KeySpec, readKey } from "./tables-of-dialect.js";

/** What a delivery schema depends on besides the tables. */
export interface SchemaRequest {
  /** undefined for an event of unknown type: then only the envelope is described. */
  readonly event: EventSpec | undefined;
  /** Keys of the envelope, or the flat form. */
  readonly envelope: readonly EnvelopeKey[] | "flat";
  /** Keys of the envelope that may be absent. */
  readonly optionalEnvelopeKeys: readonly EnvelopeKey[];
  /** Where the note stands. */
  readonly position: NotePosition;
  /** The test button of 2024.9 to 2024.10 puts the note or user directly into `body`. */
  readonly direct: boolean;
}

/** The position as a path: the event's own, then where inside it. */
export type Place = readonly NotePosition[];

/**
 * The place of a note inside another. A note inside a note may hold notes again, so only what makes a difference is
 * kept: the event, that it all hangs on a pinned note, and the innermost place.
 */
export function placeInside(place: Place, nested: NotePosition): Place {
  return [...place.slice(0, 1), ...place.slice(1).filter((position) => position === "pinned"), nested];
}

/** Users of other servers have a host; users of the server itself have `host: null`, and keys of their own. */
function isRemoteOrHas(user: unknown, key: string): boolean {
  const { host } = user as { host?: unknown };
  return host !== null || key in (user as object);
}

export const nestedPlace: Readonly<Record<string, NotePosition | undefined>> = {
  reply: "nestedReply",
  renote: "nestedRenote",
  pinnedNotes: "pinned",
};

export const envelopeTypes: Readonly<Record<Exclude<EnvelopeKey, "body">, string>> = {
  server: "string",
  hookId: "string",
  userId: "string",
  eventId: "uuid",
  createdAt: "integer",
  type: "string",
};

/**
 * The schema of a delivery. Unknown keys come out as `unrecognized_keys` issues, which the caller counts or ignores:
 * they never make a payload wrong.
 */
export function compileDeliverySchema(tables: DialectTables, request: SchemaRequest): z.ZodMiniType {
  const objects = new Map<string, z.ZodMiniType>();

  function objectSchema(name: string, place: Place): z.ZodMiniType {
    const cacheKey = `${name} ${place.join(" ")}`;
    let schema = objects.get(cacheKey);
    if (schema === undefined) {
      schema = compileObject(name, place);
      objects.set(cacheKey, schema);
    }
    return schema;
  }

  function compileObject(name: string, place: Place): z.ZodMiniType {
    const table = tables.objects.get(name);
    if (table === undefined) throw new Error(`no table is called ${name}`);
    const isNote = name === "Note";
    const absent = new Set(isNote ? place.flatMap(tables.optionalIn) : []);
    const guaranteed = (isNote && place.length === 1 && place[0] && guaranteedByPosition[place[0]]) || {};
    const shape: Record<string, z.ZodMiniType> = {};
    for (const [key, spec] of table) {
      shape[key] = keySchema(key, { ...spec, optional: spec.optional || absent.has(key) }, place);
    }
    for (const [key, type] of Object.entries(guaranteed)) shape[key] = keySchema(key, { type, optional: false }, place);
    const schema = z.strictObject(shape, {
      error: (issue) => (issue.code === "unrecognized_keys" ? undefined : "object"),
    });
    return name.startsWith("User") ? withLocalKeys(schema, table) : schema;
  }

  function keySchema(key: string, spec: KeySpec, place: Place): z.ZodMiniType {
    const nested = nestedPlace[key];
    const inside = nested === undefined ? place : placeInside(place, nested);
    const schema = compileType(spec.type, (name) =>
      // Lazy, because notes in notes go round in a circle.
      name === "Note" ? z.lazy(() => objectSchema(name, inside)) : objectSchema(name, inside),
    );
    return spec.optional ? z.optional(schema) : schema;
  }

  /** Some keys are there exactly for users of the server itself (`host: null`). */
  function withLocalKeys(schema: z.ZodMiniObject, table: ReadonlyMap<string, KeySpec>): z.ZodMiniType {
    const keys = tables.localUserKeys.filter((key) => table.has(key));
    return schema.check(
      ...keys.map((key) =>
        z.refine((value) => isRemoteOrHas(value, key), {
          path: [key],
          error: table.get(key)?.type ?? "",
          // Also when the user has other faults or unknown keys.
          when: ({ value }) => typeof value === "object" && value !== null,
        }),
      ),
    );
  }

  const top: Place = [request.position];

  function bodySchema(written: string | ObjectTable): z.ZodMiniType {
    if (written === "object") return z.looseObject({}, { error: "object" });
    return typeof written === "string"
      ? objectSchema(written, top)
      : z.strictObject(tableShape(written), { error: "object" });
  }

  function tableShape(table: ObjectTable): Record<string, z.ZodMiniType> {
    const keys = Object.entries(table).map(([written, type]): [string, z.ZodMiniType] => {
      const [key, optional] = readKey(written);
      return [key, keySchema(key, { type, optional }, top)];
    });
    return Object.fromEntries(keys);
  }

  const body = bodyOf(request.event, request.direct);
  if (request.envelope === "flat") {
    const flat = typeof body === "string" ? {} : tableShape(body);
    return z.strictObject({ type: z.string({ error: "string" }), ...flat }, { error: "object" });
  }
  const shape: Record<string, z.ZodMiniType> = {};
  for (const key of request.envelope) {
    if (key === "userId" && request.event?.scope === "system") continue;
    const schema = key === "body" ? bodySchema(body) : compileType(envelopeTypes[key], () => z.unknown());
    // An event that isn't known may be a system event, which has no owner.
    const mayLack = request.event === undefined && key === "userId";
    shape[key] = mayLack || request.optionalEnvelopeKeys.includes(key) ? z.optional(schema) : schema;
  }
  return z.strictObject(shape, { error: (issue) => (issue.code === "unrecognized_keys" ? undefined : "object") });
}
