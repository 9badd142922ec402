// What the test button sends: invented notes and users whose ids start with `dummy-`, and whose keys differ from real
// events. Seen on Misskey 2024.9.0, 2024.10.1 and 2026.3.2, CherryPick 4.17.0, MisskeyIO 2025.4.1-mhq.13, Sharkey
// 2024.9.1-rc and 2025.4.7.
import type { Dialect } from "./dialect.js";
import { dialects } from "./dialects/index.js";
import { type DialectTables, mergeTables, resolveTables } from "./tables-of-dialect.js";

const dummyId = /^dummy-/;

function hasDummyId(value: unknown): boolean {
  if (typeof value !== "object" || value === null || !("id" in value)) return false;
  return typeof value.id === "string" && dummyId.test(value.id);
}

/** How a body came from the test button: as real events carry it, directly in `body`, or not at all. */
export function testButtonForm(body: unknown): "wrapped" | "direct" | undefined {
  if (typeof body !== "object" || body === null) return undefined;
  if (hasDummyId(body)) return "direct";
  if ("note" in body && hasDummyId(body.note)) return "wrapped";
  return "user" in body && hasDummyId(body.user) ? "wrapped" : undefined;
}

const cache = new WeakMap<Dialect, DialectTables>();
let anyServers: DialectTables | undefined;

/** The tables of a dialect's test deliveries; those of any server when the dialect's were never seen. */
export function testButtonTables(dialect: Dialect | undefined): DialectTables {
  if (dialect?.payload == null || dialect.testButton === null) {
    anyServers ??= mergeTables(
      dialects.flatMap(({ payload, testButton }) =>
        payload && testButton ? [resolveTables(payload, testButton)] : [],
      ),
    );
    return anyServers;
  }
  let tables = cache.get(dialect);
  if (tables === undefined) {
    tables = resolveTables(dialect.payload, dialect.testButton);
    cache.set(dialect, tables);
  }
  return tables;
}
