// What captures really hold, counted by kind of object and key.
import { findEvent, isObject } from "../../protocol/index.js";
import { type JsonType, jsonTypeOf, type ObjectShape, type Shape } from "./shape.js";

/** A key as it was seen. */
export interface SeenKey {
  readonly types: Set<JsonType>;
  /** How many objects had it. */
  count: number;
  /** Where it was first seen. */
  readonly source: string;
}

export interface SeenObject {
  /** How many objects of the kind there were. */
  count: number;
  readonly keys: Map<string, SeenKey>;
  /** Where the first of them was. */
  readonly source: string;
}

export type Seen = ReadonlyMap<string, SeenObject>;

/** One delivery's payload, and where it was found. */
export interface SourcedPayload {
  readonly source: string;
  readonly payload: unknown;
}

type Json = Readonly<Record<string, unknown>>;
const kinds: Readonly<Record<string, string>> = {
  note: "Note",
  userDetailed: "UserDetailedNotMe",
  userLite: "UserLite",
  bareUserLite: "UserLite",
  abuseReport: "AbuseReport",
};

/** The object that a delivery is about, and its kind. */
function subjectOf(delivery: Json): readonly [kind: string, subject: unknown] | undefined {
  const kind = findEvent(String(delivery["type"]))?.body ?? "";
  const name = kinds[kind];
  const body = "body" in delivery ? delivery["body"] : delivery;
  if (name === undefined || !isObject(body)) return undefined;
  if (kind === "bareUserLite" || kind === "abuseReport") return [name, body];
  return [name, kind === "note" ? body["note"] : body["user"]];
}

/** Counts the keys of every object in the deliveries; `guide` says which kind of object is where. */
export function observeDeliveries(deliveries: readonly SourcedPayload[], guide: Shape): Seen {
  const seen = new Map<string, SeenObject>();

  function look(kind: string, value: unknown, source: string): void {
    if (Array.isArray(value)) for (const item of value) look(kind, item, source);
    if (!isObject(value)) return;
    const object = seen.get(kind) ?? { count: 0, keys: new Map<string, SeenKey>(), source };
    seen.set(kind, object);
    object.count++;
    const expected: ObjectShape | undefined = guide.objects.get(kind);
    for (const [key, child] of Object.entries(value)) {
      const known = object.keys.get(key) ?? { types: new Set<JsonType>(), count: 0, source };
      object.keys.set(key, known);
      known.count++;
      known.types.add(jsonTypeOf(child));
      const childKind = expected?.get(key)?.child;
      if (childKind !== undefined) look(childKind, child, source);
    }
  }

  for (const { source, payload } of deliveries) {
    const subject = isObject(payload) ? subjectOf(payload) : undefined;
    if (subject) look(subject[0], subject[1], source);
  }
  return seen;
}

/** What was seen, as a shape to compare others with. */
export function shapeOfSeen(seen: Seen, guide: Shape, title: string): Shape {
  const objects = new Map<string, ObjectShape>();
  for (const [kind, { keys, count }] of seen) {
    const children = guide.objects.get(kind);
    objects.set(
      kind,
      new Map(
        [...keys].map(([key, known]) => [
          key,
          { types: known.types, optional: known.count < count, child: children?.get(key)?.child },
        ]),
      ),
    );
  }
  return { title, objects };
}
