// 2,000 mutants of recordings of every server, drawn with a seed: a key removed, a type changed, an enumeration broken.
// Of those that break the shape that the server's dialect publishes, at least 99 in 100 must be found.
import { seededSource } from "../../src/samples/index.js";
import { expect, test } from "vitest";
import { checkDelivery, resolveDialect, tablesOf } from "../../src/protocol/index.js";
import { recordedServers, recordingsOf } from "../support/recordings.js";

// Parsed JSON that a test reaches into.
// oxlint-disable-next-line typescript/no-explicit-any
type Wild = any;

type Json = Record<string, Wild>;
interface Place {
  readonly parent: Json;
  readonly key: string;
}

const others: readonly unknown[] = ["x", 5, true, [], {}, null];
const typeOf = (value: unknown): string => (value === null ? "null" : Array.isArray(value) ? "array" : typeof value);

/** Every key of every object inside, items of lists left out. */
function placesIn(value: unknown): Place[] {
  if (Array.isArray(value)) return value.flatMap(placesIn);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => [{ parent: value, key }, ...placesIn(child)]);
}

const jsonType: Readonly<Record<string, string>> = { integer: "number", "date-time": "string", uuid: "string" };

/** The types that a written type stands for, and its literals. */
function read(type: string): { types: Set<string>; literals: string[] } {
  const parts = type.split("|");
  const literals = parts.filter((part) => part.startsWith("'")).map((part) => part.slice(1, -1));
  const types = parts.map((part) => {
    if (part.startsWith("'")) return "string";
    if (part.endsWith("[]")) return "array";
    return /^[A-Z]|^map</.test(part) ? "object" : (jsonType[part] ?? part);
  });
  return { types: new Set(types), literals };
}

const deliveries = recordedServers().flatMap((server) =>
  recordingsOf(server)
    .filter(({ kind, name }) => kind === "deliveries" && !name.startsWith("test-"))
    .map((recording) => ({ ...recording, as: resolveDialect(server) })),
);

test("no recording is refused", () => {
  for (const { headers, body, as } of deliveries) expect(checkDelivery({ headers, body }, { as }).findings).toEqual([]);
});

test("2,000 mutants: at least 99 in 100 of the breaking ones are found", () => {
  const { random } = seededSource("mutants");
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  const survivors: string[] = [];
  let breaking = 0;
  for (let n = 0; n < 2000; n++) {
    const { headers, as, name, body: original } = pick(deliveries);
    const body = structuredClone(original);
    const { parent, key } = pick(placesIn(body));
    const specs = [...(tablesOf(as)?.objects.values() ?? [])].flatMap((table) => table.get(key) ?? []);
    const { types, literals } = read(specs.map(({ type }) => type).join("|"));
    const before = typeOf(parent[key]);
    const kind = pick(["removed", "type", "enum"] as const);
    let breaks = specs.length > 0;
    if (kind === "removed") {
      breaks &&= specs.every(({ optional }) => !optional);
      delete parent[key];
    } else if (kind === "enum" && literals.length > 0) parent[key] = "no-such-value";
    else {
      const value = pick(others.filter((other) => typeOf(other) !== before));
      breaks &&= !types.has(typeOf(value)) && !types.has("unknown");
      parent[key] = value;
    }
    if (!breaks) continue;
    breaking++;
    if (checkDelivery({ headers, body }, { as }).ok) survivors.push(`${as.family}@${as.since} ${name}: ${key} ${kind}`);
  }
  expect(breaking).toBeGreaterThan(1000);
  expect(survivors.length, survivors.join("\n")).toBeLessThanOrEqual(breaking / 100);
});
