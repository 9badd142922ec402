// An instance's own OpenAPI document (`/api.json`), made fit to check payloads with.
import { UsageError } from "../../errors.js";

export type Schema = Readonly<Record<string, unknown>>;

/** The components that payloads are made of, by name. */
export interface ApiDocument {
  /** What it says of itself: `Misskey API 2026.3.2`. */
  readonly title: string;
  /**
   * It said of every key that it is required, which was left out then. Misskey 2024.9.0 and 2024.10.1 do from the second
   * time on that they are asked.
   */
  readonly requiredEverything: boolean;
  readonly schemas: Readonly<Record<string, Schema>>;
}

export function isSchema(value: unknown): value is Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Without these no payload can be checked. */
const needed = ["Note", "UserLite"] as const;

function withNull(schema: Schema): Schema {
  return { anyOf: [schema, { type: "null" }] };
}

/** The types of a schema but null, as JSON Schema writes them. */
function withoutNull(type: unknown): unknown {
  const types = Array.isArray(type) ? type.filter((name) => name !== "null") : [type];
  return types.length === 1 ? types[0] : types;
}

/**
 * Says what is meant, where a server's generator says something else:
 * - a nullable reference, written `type: [object, null]` with `allOf: [$ref]` by Misskey 2024.2.0 to 2025.5.0, so that a
 *   real `follow` (null `pinnedPage`) fails a literal reading; and `nullable: true`, as OpenAPI 3.0 has it
 * - an enumeration of a nullable value that leaves null out
 * - `oneOf` where alternatives overlap
 * - formats that are only known there (`misskey:id`, `id`, `url`, `md5`), which say nothing about a value
 */
function rewrite(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(rewrite);
  if (!isSchema(value)) return value;
  const { format, oneOf, nullable, ...rest } = Object.fromEntries(
    Object.entries(value).map(([key, child]) => [key, key === "properties" ? rewriteEach(child) : rewrite(child)]),
  );
  const schema: Record<string, unknown> = rest;
  if (format === "date-time" || format === "uuid") schema["format"] = format;
  if (oneOf !== undefined) schema["anyOf"] = oneOf;
  const { type, allOf, enum: values } = schema;
  const isNullable = nullable === true || (Array.isArray(type) && type.includes("null"));
  if (!isNullable) return schema;
  if (Array.isArray(values) && !values.includes(null)) schema["enum"] = [...(values as unknown[]), null];
  if (allOf !== undefined || schema["$ref"] !== undefined || nullable === true) {
    return withNull(type === undefined ? schema : { ...schema, type: withoutNull(type) });
  }
  return schema;
}

/** Not every note has a poll, on any server. */
function requiresEverything({ Note }: Readonly<Record<string, unknown>>): boolean {
  return isSchema(Note) && Array.isArray(Note["required"]) && Note["required"].includes("poll");
}

function withoutRequired(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutRequired);
  if (!isSchema(value)) return value;
  const kept = Object.entries(value).filter(([key, child]) => key !== "required" || !Array.isArray(child));
  return Object.fromEntries(kept.map(([key, child]) => [key, withoutRequired(child)]));
}

/** Names of properties are no keywords: one may well be called `format`. */
function rewriteEach(properties: unknown): unknown {
  if (!isSchema(properties)) return properties;
  return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, rewrite(schema)]));
}

/**
 * Reads a parsed `/api.json`.
 * @param source what to call it in an error
 * @throws UsageError `not-an-api-document`
 */
export function readApiDocument(document: unknown, source: string): ApiDocument {
  const { info, components } = isSchema(document) ? document : {};
  const schemas = isSchema(components) && isSchema(components["schemas"]) ? components["schemas"] : {};
  if (!needed.every((name) => isSchema(schemas[name]))) {
    throw new UsageError("not-an-api-document", { source, problem: "no-schemas" });
  }
  const { title, version } = isSchema(info) ? info : {};
  const requiredEverything = requiresEverything(schemas);
  return {
    title: [title, version].filter((part) => typeof part === "string").join(" ") || source,
    requiredEverything,
    schemas: rewriteEach(requiredEverything ? withoutRequired(schemas) : schemas) as Record<string, Schema>,
  };
}
