// Turns a body in Misskey's present shape into a dialect's: its keys in its order, its nulls and its types. What differs
// is data (the dialect's tables and its way of writing); nothing here knows a server by name.
import {
  type DialectTables,
  type EventSpec,
  isObject,
  type KeySpec,
  noteForVisitors,
  type OrderedObject,
  resolveTables,
  timeOfId,
} from "../protocol/index.js";
import { exampleValue } from "./example-values.js";
import type { Shape } from "./shape-of-dialect.js";

type Json = Readonly<Record<string, unknown>>;

/** Objects whose optional keys are left out rather than sent as false or null. */
const leavesOutEmpty = new Set(["UserLite", "Note"]);

/** What Misskey sends at present, which is what the sample files hold. */
let cachedTables: DialectTables | undefined;
const presentTables = (): DialectTables => (cachedTables ??= resolveTables());

class Writer {
  private readonly tables: DialectTables["objects"];
  private readonly present: DialectTables["objects"];

  constructor(private readonly shape: Shape) {
    this.tables = shape.tables().objects;
    this.present = presentTables().objects;
  }

  /** The value in the shape that its type has in this dialect. */
  value(value: unknown, type: string): unknown {
    if (value === null) return null;
    if (Array.isArray(value)) {
      const element = /(\w+)\[\]/.exec(type)?.[1] ?? "unknown";
      return value.map((entry) => this.value(entry, element));
    }
    if (!isObject(value)) return value;
    if (/\bCustomEmoji\[\]/.test(type)) return Object.entries(value).map(([name, url]) => ({ name, url }));
    const name = type.split("|").find((part) => this.tables.has(part));
    return name === undefined ? value : this.object(name, value);
  }

  /** An object of the tables, e.g. a `Note`. */
  object(name: string, source: Json): Json {
    const table = this.tables.get(name) ?? new Map<string, KeySpec>();
    const order = this.shape.order[name as OrderedObject] ?? [];
    const result: Record<string, unknown> = {};
    for (const key of new Set([...order, ...Object.keys(source), ...table.keys()])) {
      const spec = table.get(key);
      if (spec && this.sends(name, key, spec, source)) {
        result[key] = Object.hasOwn(source, key)
          ? this.value(source[key], spec.type)
          : this.example(name, key, spec.type, source);
      }
    }
    if (name === "DriveFile" && !this.shape.filesNameOwner) result["userId"] = null;
    return result;
  }

  private example(name: string, key: string, type: string, source: Json): unknown {
    if (key !== "mentionHandles") return exampleValue(name, key, type, source);
    const mentions = source["mentions"] as readonly string[];
    return Object.fromEntries(mentions.map((id) => [id, this.shape.handleOf(id) ?? null]));
  }

  private sends(name: string, key: string, spec: KeySpec, source: Json): boolean {
    const { omits, sends, noteDetails } = this.shape;
    if (omits[name]?.includes(key)) return false;
    if (sends[name]?.includes(key)) return true;
    if (key === "mentionHandles") return Object.hasOwn(source, "mentions");
    if (name === "Note" && noteDetails.includes(key)) return Object.hasOwn(source, "clippedCount");
    const presentSpec = this.present.get(name)?.get(key);
    const requiredAtPresent = presentSpec !== undefined && !presentSpec.optional;
    if (!Object.hasOwn(source, key)) {
      // What Misskey requires at present and the sample lacks, its place lacks (clippedCount in a nested reply).
      return !spec.optional && !requiredAtPresent;
    }
    // A hidden note says text: null even where a pure renote leaves the text out.
    const isEmpty = source[key] === false || (source[key] === null && source["isHidden"] !== true);
    return !(isEmpty && spec.optional && requiredAtPresent && leavesOutEmpty.has(name));
  }
}

/** The note that the reply inside a note replies to, for servers that embed it too: an earlier note of the owner. */
function withDetailedReply(note: Json): Json {
  const { reply } = note;
  if (!isObject(reply)) return note;
  const detailed: Json = { ...reply, clippedCount: 0 };
  const { replyId } = reply;
  if (typeof replyId !== "string" || Object.hasOwn(reply, "reply")) return { ...note, reply: detailed };
  const { mentions: _mentions, ...earlier } = detailed;
  const replied: Json = {
    ...earlier,
    id: replyId,
    createdAt: new Date(timeOfId(replyId)).toISOString(),
    userId: note["userId"],
    user: note["user"],
    text: "Does anybody know a good bot library? #bots",
    tags: ["bots"],
    replyId: null,
  };
  return { ...note, reply: { ...detailed, reply: replied } };
}

/** A pure renote of the owner's, with the mark that its note has been renoted by the owner. */
function withRenotedMark(note: Json): Json {
  const { renote } = note;
  return note["text"] === null && isObject(renote) ? { ...note, renote: { ...renote, isRenoted: true } } : note;
}

/** What depends on the note's place and event rather than on the tables. */
function arrangeNote(source: Json, event: EventSpec, shape: Shape): Json {
  let note = source;
  if (shape.detailedReplies) note = withDetailedReply(note);
  if (shape.marksRenoted && event.name === "note") note = withRenotedMark(note);
  if (shape.hidesNonPublicNotes && event.name !== "mention") note = noteForVisitors(note);
  return note;
}

/** One object, e.g. a `Note` or a `UserLite`, given in the present shape, in the shape of a dialect. */
export function objectInDialect(name: string, value: Json, shape: Shape): Json {
  return new Writer(shape).object(name, value);
}

/** The body of an event, given in Misskey's present shape, in the shape of a dialect. */
export function toDialect(body: Json, event: EventSpec, shape: Shape): Json {
  const writer = new Writer(shape);
  switch (event.body) {
    case "note":
      return { note: writer.object("Note", arrangeNote(body["note"] as Json, event, shape)) };
    case "userDetailed":
      return { user: writer.object("UserDetailedNotMe", body["user"] as Json) };
    case "userLite":
      return { user: writer.object("UserLite", body["user"] as Json) };
    case "bareUserLite":
      return writer.object("UserLite", body);
    case "abuseReport":
      return writer.object("AbuseReport", body);
    case "remainingTime":
    case "reportResolution":
    case "object":
    case "empty":
      return body;
    default:
      return event.body satisfies never;
  }
}
