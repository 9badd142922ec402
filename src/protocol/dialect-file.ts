// A user's own fork: a JSON file of the shape of a row in dialects/, checked before use.
import * as z from "zod/mini";
import en from "zod/v4/locales/en.js";
import { UsageError } from "../errors.js";
import type { Dialect } from "./dialect.js";
import { type BodyKind, bodyKinds, type EventSpec } from "./events.js";
import { idForms } from "./ids.js";
import { isType } from "./compile-type.js";
import { notePositions, type ObjectTable, type PayloadDelta, payloadTables } from "./payload-tables.js";
import { resolveDialect } from "./resolve-dialect.js";
import type { Writing } from "./writing.js";
import { parseJson } from "../parse-json.js";

/** Every key of the object may be left out, and so may the object. */
function partial<Shape extends z.core.$ZodLooseShape>(
  shape: Shape,
): z.ZodMiniOptional<z.ZodMiniObject<{ [Key in keyof Shape]: z.ZodMiniOptional<Shape[Key]> }>> {
  return z.optional(z.partial(z.strictObject(shape)));
}

/** Built when a file is read: most runs need none of it. */
function dialectFileSchema() {
  const isObject = (name: string): boolean => Object.hasOwn(payloadTables, name);
  const objectName = z.enum(Object.keys(payloadTables));
  const type = z.string().check(
    z.refine((text) => isType(text, isObject), {
      error: ({ input }) => `“${String(input)}” is no type that the payload tables know`,
    }),
  );
  const keys = z.array(z.string());
  const payload = {
    set: z.partialRecord(objectName, z.record(z.string(), type)),
    without: z.partialRecord(objectName, keys),
    optional: z.partialRecord(z.enum(notePositions), keys),
  };
  return z.strictObject({
    $schema: z.optional(z.string()),
    family: z.string().check(z.regex(/^[a-z0-9-]+$/, "expected lower-case letters, digits and dashes")),
    title: z.optional(z.string()),
    /** The dialect that everything not said here is taken from. */
    extends: z._default(z.string(), "misskey"),
    source: z.optional(z.string()),
    headers: partial({
      userAgent: z.string(),
      prefix: z.string().check(z.regex(/^x-.+-$/i, "expected x-…- such as x-misskey-")),
      contentType: z.nullable(z.string()),
      acceptEncoding: z.string(),
      capitalised: z.boolean(),
      omitsEmptySecret: z.boolean(),
    }),
    software: z.optional(z.strictObject({ name: z.string(), versionMark: z.optional(z.string()) })),
    envelope: z.optional(
      z.union([
        z.array(z.enum(["server", "hookId", "userId", "eventId", "createdAt", "type", "body"])),
        z.literal("flat"),
      ]),
    ),
    /** Events on top of those of what it extends, or in their place. */
    events: z.optional(
      z.array(
        z.strictObject({
          name: z.string().check(z.regex(/^[^\s*]+(?:\*[^\s*]*)?$/, "expected a name, with one * at most")),
          scope: z._default(z.enum(["user", "system"]), "user"),
          body: z._default(z.union([z.enum(bodyKinds), z.record(z.string(), type)]), "object"),
          sent: z._default(z.boolean(), true),
          when: z._default(z.string(), "as its servers have it"),
        }),
      ),
    ),
    payload: z.optional(z.nullable(z.partial(z.strictObject(payload)))),
    testButton: z.optional(z.nullable(z.partial(z.strictObject(payload)))),
    testButtonForm: z.optional(z.enum(["wrapped", "direct"])),
    hidesNonPublicNotes: z.optional(z.boolean()),
    ids: z.optional(z.enum(idForms)),
    avatars: partial({
      identicon: z.enum(["account", "id"]),
      files: z.enum(["proxy", "proxy-path", "thumbnail"]),
    }),
    writing: partial({
      order: z.strictObject({ UserLite: keys, UserDetailedNotMe: keys, Note: keys }),
      sends: z.partialRecord(objectName, keys),
      omits: z.partialRecord(objectName, keys),
      detailedReplies: z.boolean(),
      noteDetails: keys,
      filesNameOwner: z.boolean(),
      marksRenoted: z.boolean(),
      testButton: z.strictObject({ values: z.record(z.string(), z.unknown()), omits: keys }),
    }),
    policy: partial({
      attempts: z.int().check(z.gte(1), z.lte(100)),
      baseDelayMs: z.int().check(z.gte(0)),
      jitterRatio: z.number().check(z.gte(0), z.lte(1)),
      timeoutMs: z.int().check(z.gte(1)),
      retried: z.partial(
        z.strictObject({
          clientError: z.boolean(),
          tooManyRequests: z.boolean(),
          serverError: z.boolean(),
          other: z.boolean(),
          noResponse: z.boolean(),
        }),
      ),
    }),
    api: partial({
      updateRequires: z.array(z.enum(["name", "url", "secret", "on", "active"])),
      updateErasesSecret: z.boolean(),
      updateTakesEffectLate: z.boolean(),
      secretRequired: z.boolean(),
      hookLimit: z.nullable(z.int().check(z.gte(0))),
      limitIsOneShort: z.boolean(),
      bearer: z.boolean(),
      streamToken: z.enum(["header", "protocol", "url"]),
      streamTellsSpecified: z.boolean(),
      editsComeAsReplies: z.boolean(),
      testEndpoint: z.boolean(),
      systemWebhooks: z.boolean(),
      systemSecretRequired: z.boolean(),
      reportsNeedRecipient: z.boolean(),
    }),
    behaviour: partial({
      realm: z.nullable(z.string()),
      badTokenStatus: z.literal([401, 403]),
      barelyWrapped: z.boolean(),
      missingPermissionStatus: z.literal([400, 403]),
      accessDeniedStatus: z.literal([400, 403]),
      plainText: z.boolean(),
      codeOfBadJson: z.boolean(),
      getIsUnknown: z.boolean(),
      refusesTwoTokens: z.boolean(),
      accountIsOpen: z.boolean(),
      mutesMentions: z.boolean(),
      mergesSameNotes: z.boolean(),
      countsAtOnce: z.boolean(),
      countsQuotes: z.boolean(),
      blocksMentions: z.boolean(),
      mentionsRecipientsOnly: z.boolean(),
      packsForOwner: z.boolean(),
      repliesShowPolls: z.boolean(),
      refusesLongText: z.boolean(),
      takesEmptyCw: z.boolean(),
      takesSameReaction: z.boolean(),
      hidesNotesOfBlockers: z.boolean(),
      hidesInvisibleTargets: z.boolean(),
      failsOnInvisibleRenote: z.boolean(),
      ignoresIdleUpdates: z.boolean(),
      hooksHaveCreatedAt: z.boolean(),
      omitsLatestSentAt: z.boolean(),
    }),
  });
}

function jsonOf(text: string, source: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError("invalid-dialect-file", { source, problem: "not-json", why });
  }
}

/**
 * The dialect that a fork's JSON file describes. Whatever it leaves out is taken from the dialect that it `extends`
 * (default `misskey`).
 * @param source what to call the file in an error
 * @throws UsageError `invalid-dialect-file` with the path of each fault, `unknown-dialect` for what it extends
 */
export function parseDialectFile(text: string, source: string): Dialect {
  z.config(en());
  const result = dialectFileSchema().safeParse(jsonOf(text, source));
  if (!result.success) {
    const faults = result.error.issues.map((issue) => ({ at: issue.path.join("."), why: issue.message }));
    throw new UsageError("invalid-dialect-file", { source, problem: "unusable", faults });
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
    software: file.software === undefined ? { name: file.family } : defined(file.software),
    headers: { ...base.headers, ...defined(file.headers) },
    envelope: file.envelope ?? base.envelope,
    testButton: file.testButton === undefined ? base.testButton : (file.testButton as Dialect["testButton"]),
    testButtonForm: file.testButtonForm ?? base.testButtonForm,
    events: withEvents(base.events, file.events?.map(readEvent) ?? []),
    payload: file.payload
      ? combine(base.payload ?? {}, file.payload as PayloadDelta)
      : file.payload === null
        ? null
        : base.payload,
    hidesNonPublicNotes: file.hidesNonPublicNotes ?? base.hidesNonPublicNotes,
    ids: file.ids ?? base.ids,
    avatars: { ...base.avatars, ...defined(file.avatars) },
    writing: { ...base.writing, ...(defined(file.writing) as Partial<Writing>) },
    policy: {
      ...base.policy,
      ...defined(file.policy),
      retried: { ...base.policy.retried, ...defined(file.policy?.retried) },
    },
    api: {
      ...base.api,
      ...(file.events?.some(({ scope }) => scope === "system") ? { systemWebhooks: true } : {}),
      ...defined(file.api),
    },
    behaviour: { ...base.behaviour, ...defined(file.behaviour) },
  };
}

type WrittenEvent = Omit<EventSpec, "body" | "table"> & { readonly body: BodyKind | ObjectTable };

/** A body is one of the known kinds, or the table of its keys. */
function readEvent({ body, ...event }: WrittenEvent): EventSpec {
  return typeof body === "string" ? { ...event, body } : { ...event, body: "object", table: body };
}

function withEvents(base: readonly EventSpec[], own: readonly EventSpec[]): readonly EventSpec[] {
  const names = new Set(own.map(({ name }) => name));
  return [...base.filter(({ name }) => !names.has(name)), ...own];
}

/** A fork's differences on top of those of the dialect that it extends. */
function combine(base: PayloadDelta, own: PayloadDelta): PayloadDelta {
  const set: Record<string, ObjectTable> = { ...base.set };
  const without: Record<string, readonly string[]> = { ...base.without };
  const optional: Record<string, readonly string[]> = { ...base.optional };
  for (const [name, keys] of Object.entries(own.without ?? {})) {
    without[name] = [...(without[name] ?? []), ...keys];
    const kept = Object.entries(set[name] ?? {}).filter(([written]) => !keys.includes(written.replace(/\?$/, "")));
    set[name] = Object.fromEntries(kept);
  }
  for (const [name, table] of Object.entries(own.set ?? {})) set[name] = { ...set[name], ...table };
  for (const [position, keys] of Object.entries(own.optional ?? {}))
    optional[position] = [...(optional[position] ?? []), ...keys];
  return { set, without, optional };
}

/** An object without the keys that are undefined, so that spreading it overrides only what was said. */
function defined<T extends object>(value: T | null | undefined): { [Key in keyof T]: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(value ?? {}).filter(([, entry]) => entry !== undefined)) as {
    [Key in keyof T]: Exclude<T[Key], undefined>;
  };
}
