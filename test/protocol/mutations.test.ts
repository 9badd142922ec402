// Every key of every recording of the present Misskey, removed or given a value of each other type: what a server
// never sends must be found.
import { expect, test } from "vitest";
import { checkDelivery, resolveDialect, resolveTables } from "../../src/protocol/index.js";
import { recordingsOf } from "../support/recordings.js";

const as = resolveDialect("misskey");
const otherValues: Readonly<Record<string, unknown>> = {
  string: "x",
  number: 5,
  boolean: true,
  array: [],
  object: {},
  null: null,
};

function typeOf(value: unknown): string {
  return value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
}

/** Calls `visit` for each key of each object inside, and each item of each array. */
function walk(
  value: unknown,
  path: string,
  visit: (parent: Record<string, unknown>, key: string, path: string) => void,
): void {
  if (typeof value !== "object" || value === null) return;
  const parent = value as Record<string, unknown>;
  for (const key of Object.keys(parent)) {
    const here = Array.isArray(value) ? `${path}[]` : `${path}.${key}`;
    visit(parent, key, here);
    walk(parent[key], here, visit);
  }
}

// Keys that a present server leaves out when there is nothing to say, from the tables; and the two that only some
// positions have (Misskey 2026.3.2).
const optional = new Set(
  [...resolveTables().objects.values()].flatMap((table) =>
    [...table].filter(([, spec]) => spec.optional).map(([key]) => key),
  ),
);
optional.delete("badgeRoles");
/** JSON types that a type of the tables stands for, beyond its own name. */
const jsonTypes: Readonly<Record<string, string>> = { "string[]": "array" };

const deliveries = recordingsOf("misskey@2026.3.2").filter(
  ({ name, kind }) => kind !== "test-deliveries" && !name.startsWith("test-"),
);

test.each(deliveries)("$kind/$name: a required key that is missing is found", ({ headers, body }) => {
  const survivors: string[] = [];
  walk(body, "", (parent, key, path) => {
    if (Array.isArray(parent) || optional.has(key)) return;
    const entries = Object.entries(parent);
    delete parent[key];
    if (checkDelivery({ headers, body }, { as }).ok) survivors.push(path);
    for (const [name] of entries) delete parent[name];
    Object.assign(parent, Object.fromEntries(entries));
  });
  expect(survivors).toEqual([]);
});

test.each(deliveries)("$kind/$name: a value of another type is found", ({ headers, body }) => {
  const survivors: string[] = [];
  walk(body, "", (parent, key, path) => {
    const original = parent[key];
    for (const [type, value] of Object.entries(otherValues)) {
      if (type === typeOf(original) || isPossible(key, original, type)) continue;
      parent[key] = value;
      if (checkDelivery({ headers, body }, { as }).ok) survivors.push(`${path} = ${type}`);
    }
    parent[key] = original;
  });
  expect(survivors).toEqual([]);
});

/** Whether the tables let this key be of that type, instead of what it was. */
function isPossible(key: string, original: unknown, type: string): boolean {
  const types = [...resolveTables().objects.values()].flatMap((table) => table.get(key)?.type.split("|") ?? []);
  return (
    (type === "null" || original === null) && types.some((candidate) => (jsonTypes[candidate] ?? candidate) === type)
  );
}
