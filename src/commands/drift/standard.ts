// drift --against: what captures are compared with, from what the user wrote.
import { access } from "node:fs/promises";
import { resolve } from "node:path";
import {
  observeDeliveries,
  type Shape,
  shapeOfDialect,
  shapeOfSchema,
  shapeOfSeen,
  type SourcedPayload,
} from "../../conformance/index.js";
import { UsageError } from "../../errors.js";
import type { CommandContext } from "../command.js";
import { readDialect } from "../options/inputs.js";
import { readSchema } from "../options/schema-source.js";

/** What was written. */
export interface Against {
  /** `dialect`, `instance`, an instance's URL, a path, or a dialect's name. */
  readonly against: string;
  /** Where an instance's schema is. */
  readonly schemaFrom?: string | undefined;
}

/** What it takes to see a path's deliveries as a shape. */
export interface Reading {
  /** Which keys belong to which kind of object, by the dialect that the captures speak. */
  readonly guide: Shape;
  readonly readDeliveries: (path: string) => Promise<readonly SourcedPayload[]>;
}

function isPath(text: string, { cwd }: CommandContext): Promise<boolean> {
  return access(resolve(cwd, text)).then(
    () => true,
    () => false,
  );
}

/** What can only be meant as a path, though nothing is there. */
const pathLike = /^-$|[/\\]|\.(json|jsonl|ndjson)$/i;

async function shapeOfNamedDialect(name: string, context: CommandContext): Promise<Shape> {
  try {
    return shapeOfDialect(await readDialect(name, context));
  } catch (cause) {
    if (!(cause instanceof UsageError)) throw cause;
    throw new UsageError("unknown-standard", { name, of: cause.fact }, { cause });
  }
}

/**
 * The shape to compare with. A path that exists is one, whatever else its name may mean.
 * @throws UsageError `no-schema`, `unknown-standard`, `unreadable-file`; those of `readSchema`
 */
export async function readStandard(
  { against, schemaFrom }: Against,
  { guide, readDeliveries }: Reading,
  context: CommandContext,
): Promise<Shape> {
  const schema = schemaFrom ?? (/^https?:\/\//i.test(against) ? against : undefined);
  if (schema !== undefined) return shapeOfSchema(await readSchema(schema, context));
  if (against === "dialect") return guide;
  if (against === "instance") {
    throw new UsageError("no-schema");
  }
  const isCaptures = pathLike.test(against) || (await isPath(against, context));
  if (!isCaptures) return shapeOfNamedDialect(against, context);
  return shapeOfSeen(observeDeliveries(await readDeliveries(against), guide), guide, against);
}
