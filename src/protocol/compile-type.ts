// From a type as the tables write it to a zod schema. The type's own text is the message of every issue,
// so that a finding can say what was expected without looking it up again.
import * as z from "zod/mini";

/** How an object's name becomes a schema. */
export type ResolveObject = (name: string) => z.ZodMiniType;

const scalars: ReadonlyMap<string, (expected: string) => z.ZodMiniType> = new Map(
  Object.entries({
    string: (error: string) => z.string({ error }),
    number: (error: string) => z.number({ error }),
    integer: (error: string) => z.int({ error }),
    boolean: (error: string) => z.boolean({ error }),
    null: (error: string) => z.null({ error }),
    object: (error: string) => z.looseObject({}, { error }),
    "date-time": (error: string) => z.iso.datetime({ error }),
    uuid: (error: string) => z.uuidv4({ error }),
    unknown: () => z.unknown(),
  }),
);

/** Splits at `|` outside of `<…>`. */
export function alternativesOf(type: string): string[] {
  return type.split(/\|(?![^<]*>)/);
}

function compileOne(type: string, expected: string, resolve: ResolveObject): z.ZodMiniType {
  const scalar = scalars.get(type);
  if (scalar) return scalar(expected);
  if (type.endsWith("[]")) return z.array(compileType(type.slice(0, -2), resolve), { error: expected });
  const map = /^map<(.+)>$/.exec(type);
  if (map?.[1] !== undefined) return z.record(z.string(), compileType(map[1], resolve), { error: expected });
  return resolve(type);
}

/**
 * The schema of a type.
 * @throws Error for a name that `resolve` doesn't know: a mistake in a table
 */
export function compileType(type: string, resolve: ResolveObject): z.ZodMiniType {
  const alternatives = alternativesOf(type);
  const literals = alternatives.filter((alternative) => alternative.startsWith("'"));
  const others = alternatives.filter((alternative) => !alternative.startsWith("'") && alternative !== "null");
  const schemas = others.map((alternative) => compileOne(alternative, type, resolve));
  if (literals.length > 0)
    schemas.push(z.enum(literals.map((literal) => literal.slice(1, -1)) as [string], { error: type }));
  const [only] = schemas;
  if (only === undefined) return z.null({ error: type });
  const schema = schemas.length === 1 ? only : z.union(schemas, { error: type });
  return alternatives.includes("null") ? z.nullable(schema) : schema;
}

/** Whether a type, as a table writes it, can be compiled: it names nothing but scalars, literals and known objects. */
export function isType(type: string, isObject: (name: string) => boolean): boolean {
  return alternativesOf(type).every((alternative) => {
    const inner =
      /^map<(.+)>$/.exec(alternative)?.[1] ?? (alternative.endsWith("[]") ? alternative.slice(0, -2) : undefined);
    if (inner !== undefined) return isType(inner, isObject);
    return scalars.has(alternative) || /^'[^']+'$/.test(alternative) || isObject(alternative);
  });
}
