// What the test button sends: invented notes and users whose ids start with `dummy-`, and whose keys differ from real
// events. Seen on Misskey 2026.3.2, CherryPick 4.17.0, MisskeyIO 2025.4.1-mhq.13 and Sharkey 2024.9.1-rc.
import { anyKnownTables } from "./dialect-candidates.js";
import type { DialectTables, KeySpec } from "./tables-of-dialect.js";

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

let tables: DialectTables | undefined;

/** The test button's tables: any known server's, with `avatarUrl` nullable and `emojis` an empty array or an object. */
export function testButtonTables(): DialectTables {
  if (tables === undefined) {
    const known = anyKnownTables();
    const loosened: Readonly<Record<string, KeySpec>> = {
      avatarUrl: { type: "string|null", optional: false },
      emojis: { type: "map<string>|unknown[]", optional: true },
    };
    const objects = new Map(
      [...known.objects].map(([name, table]) => [
        name,
        new Map(
          [...table].map(([key, spec]) => [
            key,
            name === "Note" || name.startsWith("User") ? (loosened[key] ?? spec) : spec,
          ]),
        ),
      ]),
    );
    // Sharkey's test users carry no more than a UserLite, whatever the event.
    const lite = objects.get("UserLite");
    if (lite) {
      const detailed = objects.get("UserDetailedNotMe") ?? lite;
      objects.set(
        "UserDetailedNotMe",
        new Map([...detailed].map(([key, spec]) => [key, { ...spec, optional: spec.optional || !lite.has(key) }])),
      );
    }
    tables = { ...known, objects, localUserKeys: [] };
  }
  return tables;
}
