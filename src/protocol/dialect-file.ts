// A user's own fork: a JSON file of the shape of a row in the dialect table, checked before use.
import * as z from "zod";
import { UsageError } from "../errors.js";
import type { Dialect } from "./dialect.js";
import { resolveDialect } from "./resolve-dialect.js";

const keyTable = z.record(z.string(), z.string());
const tablesOfStrings = z.record(z.string(), z.array(z.string()));
const envelopeKey = z.enum(["server", "hookId", "userId", "eventId", "createdAt", "type", "body"]);

const dialectFile = z.strictObject({
  $schema: z.string().optional(),
  family: z.string().regex(/^[a-z0-9-]+$/, "lower-case letters, digits and dashes"),
  title: z.string().optional(),
  /** The dialect that everything not said here is taken from. */
  extends: z.string().default("misskey"),
  source: z.string().optional(),
  headers: z
    .strictObject({
      userAgent: z.string(),
      prefix: z.string().regex(/^x-.+-$/i, "starts with x- and ends with a dash, such as x-misskey-"),
      contentType: z.string().nullable(),
      acceptEncoding: z.string(),
      capitalised: z.boolean(),
    })
    .partial()
    .optional(),
  envelope: z.union([z.array(envelopeKey), z.literal("flat")]).optional(),
  payload: z
    .strictObject({ set: z.record(z.string(), keyTable), without: tablesOfStrings, optional: tablesOfStrings })
    .partial()
    .nullable()
    .optional(),
  hidesNonPublicNotes: z.boolean().optional(),
  policy: z
    .strictObject({
      attempts: z.int().min(1).max(100),
      baseDelayMs: z.int().min(0),
      jitterRatio: z.number().min(0).max(1),
      timeoutMs: z.int().min(1),
      retried: z
        .strictObject({
          clientError: z.boolean(),
          tooManyRequests: z.boolean(),
          serverError: z.boolean(),
          other: z.boolean(),
          noResponse: z.boolean(),
        })
        .partial(),
    })
    .partial()
    .optional(),
  api: z
    .strictObject({
      updateRequires: z.array(z.enum(["name", "url", "secret", "on", "active"])),
      updateErasesSecret: z.boolean(),
      updateTakesEffectLate: z.boolean(),
      secretRequired: z.boolean(),
      hookLimit: z.int().min(0).nullable(),
      bearer: z.boolean(),
      testEndpoint: z.boolean(),
      systemWebhooks: z.boolean(),
    })
    .partial()
    .optional(),
});

function invalid(source: string, problem: string): UsageError {
  return new UsageError("invalid-dialect-file", `${source} does not describe a dialect: ${problem}`, {
    hint: 'The least that works is {"family": "my-fork", "extends": "misskey"}; CONTRIBUTING.md lists the keys.',
  });
}

function parseJson(text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw invalid(source, `it is not JSON (${error instanceof Error ? error.message : String(error)}).`);
  }
}

/**
 * The dialect that a fork's JSON file describes. Whatever it leaves out is taken from the dialect that it `extends`
 * (default `misskey`).
 * @param source what to call the file in an error
 * @throws UsageError `invalid-dialect-file` with the path of each fault, `unknown-dialect` for what it extends
 */
export function parseDialectFile(text: string, source: string): Dialect {
  const result = dialectFile.safeParse(parseJson(text, source));
  if (!result.success) {
    const faults = result.error.issues.map((issue) => `${issue.path.join(".") || "the file"}: ${issue.message}`);
    throw invalid(source, faults.join("; "));
  }
  const file = result.data;
  const base = resolveDialect(file.extends);
  return {
    ...base,
    family: file.family,
    since: "0",
    title: file.title ?? file.family,
    evidence: "documented",
    source: file.source ?? source,
    headers: { ...base.headers, ...defined(file.headers) },
    envelope: file.envelope ?? base.envelope,
    payload: file.payload === undefined ? base.payload : (defined(file.payload) as Dialect["payload"]),
    hidesNonPublicNotes: file.hidesNonPublicNotes ?? base.hidesNonPublicNotes,
    policy: {
      ...base.policy,
      ...defined(file.policy),
      retried: { ...base.policy.retried, ...defined(file.policy?.retried) },
    },
    api: { ...base.api, ...defined(file.api) },
  };
}

/** An object without the keys that are undefined, so that spreading it overrides only what was said. */
function defined<T extends object>(value: T | null | undefined): { [Key in keyof T]: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(value ?? {}).filter(([, entry]) => entry !== undefined)) as {
    [Key in keyof T]: Exclude<T[Key], undefined>;
  };
}
