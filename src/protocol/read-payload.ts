// A body read against one set of tables: findings, and how many keys the tables don't name.
import type * as z from "zod/mini";
import { compileDeliverySchema, type SchemaRequest } from "./delivery-schema.js";
import type { Dialect, EnvelopeKey } from "./dialect.js";
import type { EventSpec } from "./events.js";
import { findEvent } from "./events.js";
import { findEventOf } from "./events-of-dialect.js";
import type { Finding } from "./finding.js";
import { guardOf } from "./guard-of-schema.js";
import { isObject, type Json } from "./json-object.js";
import { type NotePosition, notePositions } from "./payload-tables.js";
import type { DialectTables } from "./tables-of-dialect.js";
import { testButtonForm } from "./test-button.js";
import { toFinding } from "./zod-findings.js";

/** Schemas by tables, then by event, then by what else they depend on. */
const schemas = new WeakMap<DialectTables, Map<EventSpec | undefined, Map<string, z.ZodMiniType>>>();

const none: readonly EnvelopeKey[] = [];
const joined = new WeakMap<readonly EnvelopeKey[], string>();

/** The keys as one text, joined once per list: the lists are the rows' own. */
function keyOf(keys: readonly EnvelopeKey[] | "flat"): string {
  if (keys === "flat") return keys;
  let text = joined.get(keys);
  if (text === undefined) {
    text = keys.join();
    joined.set(keys, text);
  }
  return text;
}

function schemaFor(tables: DialectTables, request: SchemaRequest): z.ZodMiniType {
  let ofTables = schemas.get(tables);
  if (ofTables === undefined) {
    ofTables = new Map();
    schemas.set(tables, ofTables);
  }
  const { event, position, envelope, optionalEnvelopeKeys, direct } = request;
  let ofEvent = ofTables.get(event);
  if (ofEvent === undefined) {
    ofEvent = new Map();
    ofTables.set(event, ofEvent);
  }
  const key = `${position} ${keyOf(envelope)} ${keyOf(optionalEnvelopeKeys)} ${direct}`;
  let schema = ofEvent.get(key);
  if (schema === undefined) {
    schema = compileDeliverySchema(tables, request);
    ofEvent.set(key, schema);
  }
  return schema;
}

/** What is known of a body before any dialect is tried. */
export interface Subject {
  readonly body: Json;
  readonly event: EventSpec | undefined;
  readonly position: NotePosition;
  readonly form: "wrapped" | "direct" | undefined;
}

/** A body read against one set of tables. */
export interface Reading {
  readonly findings: readonly Finding[];
  /** How many keys no table names: the fewer, the narrower the fit. */
  readonly unknownKeys: number;
}

/** What can be said of a body before it is read; a dialect that is named may have events of its own. */
export function subjectOf(body: Json, as?: Dialect): Subject {
  const type = body["type"];
  const event = typeof type === "string" ? ((as && findEventOf(as, type)) ?? findEvent(type)) : undefined;
  const payload = body["body"] ?? body;
  const note = isObject(payload) ? payload["note"] : undefined;
  return { body, event, position: positionOf(event, note), form: testButtonForm(payload) };
}

function positionOf(event: EventSpec | undefined, note: unknown): NotePosition {
  if (event === undefined || event.body !== "note") return "note";
  // Sharkey sends `note` again when a note was edited, and since 2025 `reply`, with the keys of `edited`.
  if (isObject(note) && note["updatedAt"] !== undefined) {
    if (event.name === "note") return "edited";
    if (event.name === "reply") return "editedReply";
  }
  return notePositions.find((position) => position === event.name) ?? "note";
}

/** Reads a body against tables. Keys in `optionalKeys` of the envelope may be absent. */
export function readPayload(
  subject: Subject,
  tables: DialectTables,
  envelope: Dialect["envelope"],
  optionalKeys: readonly EnvelopeKey[] = none,
): Reading {
  const { body, event, position, form } = subject;
  const schema = schemaFor(tables, {
    event,
    envelope,
    optionalEnvelopeKeys: optionalKeys,
    position,
    direct: form === "direct",
  });
  if (guardOf(schema)(body)) return { findings: [], unknownKeys: 0 };
  const result = schema.safeParse(body);
  if (result.success) return { findings: [], unknownKeys: 0 };
  const findings: Finding[] = [];
  let unknownKeys = 0;
  for (const issue of result.error.issues) {
    if (issue.code === "unrecognized_keys") unknownKeys += issue.keys.length;
    else findings.push(toFinding(issue, body));
  }
  return { findings, unknownKeys };
}
