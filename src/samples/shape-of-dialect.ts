// Which tables and which wire shape a dialect's samples are written in.
import {
  type Dialect,
  dialectName,
  dialects,
  type DialectTables,
  resolveDialect,
  resolveTables,
  tablesOf,
} from "../protocol/index.js";
import { presentShape, type WireShape, wireShapes } from "./wire-shapes.js";

/** Everything that turning a present-shape sample into a dialect's takes. */
export interface Shape extends WireShape {
  /** The files' own shape: nothing is to be turned. */
  readonly isPresent: boolean;
  /** The dialect's payload tables; a call, because they take a millisecond or two that the present shape saves. */
  readonly tables: () => DialectTables;
  readonly hidesNonPublicNotes: boolean;
  /** How a user whom a note mentions is written: `@alice`, `@yuki@social.example`. */
  readonly handleOf: HandleOf;
}

/** From the id of a user to what they are called; undefined for nobody. */
export type HandleOf = (userId: string) => string | undefined;

/** Those whom the sample files mention. */
const cast: Readonly<Record<string, string>> = { "9ss9jmmkh4k20002": "@alice", "9uskg4rrh4k20003": "@bob" };
const handleInSamples: HandleOf = (userId) => cast[userId];

/** Payloads of these were never recorded, and they descend from Misskey 12 unless said here. */
const ancestors: Readonly<Record<string, string>> = { ocean: "misskey" };
const commonAncestor = "misskey@12.110";

/** The row of the table that a dialect's payloads are those of: a user's own fork shares them with what it extends. */
export function rowOf(dialect: Dialect): Dialect {
  if (dialect.payload === null) return resolveDialect(ancestors[dialect.family] ?? commonAncestor);
  return dialects.find((row) => row === dialect || row.payload === dialect.payload) ?? dialect;
}

/** The family whose own samples and events a dialect has: its own or, for a user's own fork, that of what it extends. */
export function familyOf(dialect: Dialect): string {
  return dialects.some(({ family }) => family === dialect.family) ? dialect.family : rowOf(dialect).family;
}

/**
 * How a dialect's servers write. Families whose payloads were never seen write as their nearest known relative:
 * Ocean as Misskey at present, Firefish and its relatives (and Nexkey) as Misskey 12.110 to 12.119.
 */
export function shapeOf(dialect: Dialect, handleOf: HandleOf = handleInSamples): Shape {
  const row = rowOf(dialect);
  const shape = wireShapes[dialectName(row)] ?? wireShapes[row.family] ?? presentShape;
  const { hidesNonPublicNotes } = dialect;
  const isPresent = shape === presentShape && !hidesNonPublicNotes && Object.keys(row.payload ?? {}).length === 0;
  return { ...shape, isPresent, hidesNonPublicNotes, handleOf, tables: () => tablesOf(row) ?? resolveTables() };
}
