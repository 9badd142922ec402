// Which rows of the table a delivery may come from, known by its headers alone.
import type { Dialect } from "./dialect.js";
import { dialects } from "./dialect-table.js";
import { type DialectTables, mergeTables, tablesOf } from "./tables-of-dialect.js";

const byPrefix = new Map<string, readonly Dialect[]>();
for (const dialect of dialects) {
  const prefix = dialect.headers.prefix.toLowerCase();
  byPrefix.set(prefix, [...(byPrefix.get(prefix) ?? []), dialect]);
}
const withPayload = dialects.filter((dialect) => dialect.payload !== null);

/** The rows that send headers of this prefix; all rows with known payloads when there are no headers to go by. */
export function candidatesFor(prefix: string | undefined): readonly Dialect[] {
  if (prefix === undefined) return withPayload;
  return byPrefix.get(prefix) ?? [];
}

let anyKnown: DialectTables | undefined;

/** Tables that accept what any recorded server sends. */
export function anyKnownTables(): DialectTables {
  anyKnown ??= mergeTables(withPayload.map(tablesOf).filter((tables) => tables !== undefined));
  return anyKnown;
}
