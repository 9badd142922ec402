// A dialect's payload tables: the present ones with the row's differences applied.
import type { Dialect } from "./dialect.js";
import {
  localUserKeys,
  type ObjectName,
  type ObjectTable,
  optionalByPosition,
  type NotePosition,
  type PayloadDelta,
  payloadTables,
} from "./payload-tables.js";

/** One key of an object: its type as written in the tables, and whether it is always there. */
export interface KeySpec {
  readonly type: string;
  readonly optional: boolean;
}

/** An object's keys; keys that aren't listed are allowed. */
export type KeyTable = ReadonlyMap<string, KeySpec>;

/** The tables of one dialect, `UserDetailedNotMe` included. */
export interface DialectTables {
  readonly objects: ReadonlyMap<string, KeyTable>;
  /** Keys of a note that may be absent in a position. */
  readonly optionalIn: (position: NotePosition) => readonly string[];
  /** Keys that local users always have and remote users don't. */
  readonly localUserKeys: readonly string[];
}

/** Splits the `?` off a key as written. */
export function readKey(written: string): [key: string, optional: boolean] {
  return written.endsWith("?") ? [written.slice(0, -1), true] : [written, false];
}

function addKeys(table: Map<string, KeySpec>, keys: ObjectTable): void {
  for (const [written, type] of Object.entries(keys)) {
    const [key, optional] = readKey(written);
    table.set(key, { type, optional });
  }
}

/** The tables for these differences from Misskey's present payloads, applied in turn; none gives the present tables. */
export function resolveTables(...deltas: readonly PayloadDelta[]): DialectTables {
  const objects = new Map<string, Map<string, KeySpec>>();
  for (const name of Object.keys(payloadTables) as ObjectName[]) {
    const table = new Map<string, KeySpec>();
    addKeys(table, payloadTables[name]);
    for (const delta of deltas) {
      for (const key of delta.without?.[name] ?? []) table.delete(key);
      addKeys(table, delta.set?.[name] ?? {});
    }
    objects.set(name, table);
  }
  const lite = objects.get("UserLite") ?? new Map<string, KeySpec>();
  const detailedOnly = objects.get("UserDetailedNotMeOnly") ?? new Map<string, KeySpec>();
  objects.set("UserDetailedNotMe", new Map([...lite, ...detailedOnly]));
  return {
    objects,
    optionalIn: (position) => [
      ...(optionalByPosition[position] ?? []),
      ...deltas.flatMap((delta) => delta.optional?.[position] ?? []),
    ],
    localUserKeys: localUserKeys.filter((key) => lite.has(key)),
  };
}

const cache = new WeakMap<Dialect, DialectTables>();

/** The tables of a dialect; undefined when its payloads were never seen. */
export function tablesOf(dialect: Dialect): DialectTables | undefined {
  if (dialect.payload === null) return undefined;
  let tables = cache.get(dialect);
  if (tables === undefined) {
    tables = resolveTables(dialect.payload);
    cache.set(dialect, tables);
  }
  return tables;
}

/**
 * Tables that accept whatever any of the given ones accepts, key by key: a key is required when all require it,
 * and its type is the union of its types.
 */
export function mergeTables(all: readonly DialectTables[]): DialectTables {
  const objects = new Map<string, KeyTable>();
  for (const name of new Set(all.flatMap((tables) => [...tables.objects.keys()]))) {
    const versions = all.map((tables) => tables.objects.get(name)).filter((table) => table !== undefined);
    const merged = new Map<string, KeySpec>();
    for (const key of new Set(versions.flatMap((table) => [...table.keys()]))) {
      const specs = versions.map((table) => table.get(key));
      const types = new Set(specs.flatMap((spec) => (spec ? spec.type.split("|") : [])));
      merged.set(key, { type: [...types].join("|"), optional: specs.some((spec) => spec?.optional ?? true) });
    }
    objects.set(name, merged);
  }
  return {
    objects,
    optionalIn: (position) => [...new Set(all.flatMap((tables) => tables.optionalIn(position)))],
    localUserKeys: localUserKeys.filter((key) => all.every((tables) => tables.localUserKeys.includes(key))),
  };
}
