// What the journal notes of one borrowing, and how it is read again: by a schema, since a file may be damaged.
import * as z from "zod/mini";
import type { BorrowedFields, Borrowing } from "./plan.js";

/** How the account is reached again, maybe by another run with another environment. */
export interface RecordedAccess {
  /** The instance's origin. */
  readonly origin: string;
  /**
   * Where the token is. One that only the environment or standard input had is kept in the record itself, or nobody
   * could put things back after that run.
   */
  readonly token:
    | { readonly kind: "profile"; readonly name: string }
    | { readonly kind: "file"; readonly path: string }
    | { readonly kind: "kept"; readonly text: string };
  /** An absolute path. */
  readonly caFile?: string | undefined;
  readonly insecure?: true | undefined;
}

/** One change that has to be put back. */
export interface BorrowRecord {
  readonly version: 1;
  readonly id: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly pid: number;
  readonly machine: string;
  readonly born?: string | undefined;
  readonly access: RecordedAccess;
  readonly change: Borrowing;
}

const fields: z.ZodMiniType<BorrowedFields> = z.object({
  url: z.string(),
  on: z.array(z.string()),
  active: z.boolean(),
});

const recordSchema: z.ZodMiniType<BorrowRecord> = z.object({
  version: z.literal(1),
  id: z.string(),
  startedAt: z.iso.datetime(),
  pid: z.number(),
  machine: z.string(),
  born: z.optional(z.string()),
  access: z.object({
    origin: z.url({ protocol: /^https?$/ }),
    token: z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("profile"), name: z.string() }),
      z.object({ kind: z.literal("file"), path: z.string() }),
      z.object({ kind: z.literal("kept"), text: z.string() }),
    ]),
    caFile: z.optional(z.string()),
    insecure: z.optional(z.literal(true)),
  }),
  change: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("created"), name: z.string() }),
    z.object({
      kind: z.literal("re-pointed"),
      hookId: z.string(),
      name: z.string(),
      before: fields,
      during: fields,
    }),
  ]),
});

/** The record that the text is, undefined when it is none. */
export function parseRecord(text: string, id: string): BorrowRecord | undefined {
  try {
    const { data } = recordSchema.safeParse(JSON.parse(text));
    return data?.id === id ? data : undefined;
  } catch {
    return undefined;
  }
}
