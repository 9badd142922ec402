// A schema as a plain yes or no: where it says yes, zod finds nothing either. It reads zod's own definitions, so that
// there is one truth, and it builds no results: under load a receiver asks it thousands of times a second.
import type * as z from "zod/mini";
import { isObject } from "./json-object.js";

/** True only when zod would accept the value as it is. False means: ask zod. */
export type Guard = (value: unknown) => boolean;

type Def = z.core.$ZodTypes["_zod"]["def"];
type DefOf<Type> = Extract<Def, { type: Type }>;

/** The kinds of schema that the tables compile to. */
const builders: { readonly [Type in Def["type"]]?: (def: DefOf<Type>) => Guard } = {
  unknown: () => () => true,
  null: () => (value) => value === null,
  boolean: () => (value) => typeof value === "boolean",
  number: (def) => ("format" in def ? Number.isSafeInteger : Number.isFinite),
  string: stringGuard,
  enum: ({ entries }) => {
    const values: ReadonlySet<unknown> = new Set(Object.values(entries));
    return (value) => values.has(value);
  },
  nullable: ({ innerType }) => {
    const inner = guardOf(innerType);
    return (value) => value === null || inner(value);
  },
  optional: ({ innerType }) => guardOf(innerType),
  lazy:
    ({ getter }) =>
    (value) =>
      guardOf(getter())(value),
  union: ({ options }) => {
    const accepted = options.map(guardOf);
    return (value) => accepted.some((accepts) => accepts(value));
  },
  array: ({ element }) => {
    const accepts = guardOf(element);
    return (value) => Array.isArray(value) && value.every((item) => accepts(item));
  },
  record: ({ valueType }) => recordGuard(guardOf(valueType)),
  object: objectGuard,
};

const guards = new WeakMap<z.core.$ZodType, Guard>();

function definitionOf({ _zod }: z.core.$ZodType): Def {
  return _zod.def as Def;
}

/** The guard of a schema, built when first asked for. */
export function guardOf(schema: z.core.$ZodType): Guard {
  let guard = guards.get(schema);
  if (guard === undefined) {
    const def = definitionOf(schema);
    const build = builders[def.type] as ((def: Def) => Guard) | undefined;
    guard = build === undefined ? () => false : withChecks(def, build(def));
    guards.set(schema, guard);
  }
  return guard;
}

/** Refinements come on top; anything else that a schema checks is left to zod. */
function withChecks({ checks = [] }: Def, guard: Guard): Guard {
  if (checks.length === 0) return guard;
  const refinements = checks.map(({ _zod: { def } }) => ("fn" in def ? (def.fn as Guard) : () => false));
  return (value) => guard(value) && refinements.every((accepts) => accepts(value));
}

function stringGuard(def: object): Guard {
  if (!("format" in def)) return (value) => typeof value === "string";
  const pattern = "pattern" in def && def.pattern instanceof RegExp ? def.pattern : undefined;
  if (pattern === undefined || pattern.global || pattern.sticky) return () => false;
  return (value) => typeof value === "string" && pattern.test(value);
}

function recordGuard(accepts: Guard): Guard {
  return (value) => {
    if (!isObject(value) || Object.hasOwn(value, "constructor")) return false;
    for (const key in value) if (!accepts(value[key])) return false;
    return true;
  };
}

function objectGuard(def: DefOf<"object">): Guard {
  const keys = Object.entries(def.shape).map(([key, schema]) => ({
    key,
    optional: definitionOf(schema).type === "optional",
    accepts: guardOf(schema),
  }));
  const strict = def.catchall !== undefined && definitionOf(def.catchall).type === "never";
  return (value) => {
    if (!isObject(value)) return false;
    let known = 0;
    for (const { key, optional, accepts } of keys) {
      const inner = value[key];
      if (inner === undefined) {
        if (!optional) return false;
      } else {
        if (!accepts(inner)) return false;
        known += 1;
      }
    }
    return !strict || Object.keys(value).length === known;
  };
}
