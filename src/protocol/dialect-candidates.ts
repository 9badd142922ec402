// Which rows of the table a delivery may come from, known by its headers alone.
import { type Dialect, dialectName } from "./dialect.js";
import { dialects } from "./dialects/index.js";
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

const merged = new Map<string, DialectTables>();

/** Tables that accept what any of the rows sends, key by key; what any recorded server sends when none has payloads. */
export function tablesOfAny(rows: readonly Dialect[]): DialectTables {
  const known = rows.filter((row) => row.payload !== null);
  const chosen = known.length > 0 ? known : withPayload;
  const key = chosen.map(dialectName).join();
  let tables = merged.get(key);
  if (tables === undefined) {
    tables = mergeTables(chosen.map(tablesOf).filter((ofRow) => ofRow !== undefined));
    merged.set(key, tables);
  }
  return tables;
}
