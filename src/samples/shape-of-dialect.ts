// Which tables and which way of writing a dialect's samples have.
import { isDeepStrictEqual } from "node:util";
import {
  type Dialect,
  type DialectTables,
  presentDialect,
  resolveDialect,
  resolveTables,
  tablesOf,
  type Writing,
} from "../protocol/index.js";

/** Everything that turning a present-shape sample into a dialect's takes. */
export interface Shape extends Writing {
  /** The files' own shape: nothing is to be turned. */
  readonly isPresent: boolean;
  /** The dialect's payload tables; a call, because they take a millisecond or two that the present shape saves. */
  readonly tables: () => DialectTables;
  readonly hidesNonPublicNotes: boolean;
  readonly identiconById: boolean;
  /** How a user whom a note mentions is written: `@alice`, `@yuki@social.example`. */
  readonly handleOf: HandleOf;
}

/** From the id of a user to what they are called; undefined for nobody. */
export type HandleOf = (userId: string) => string | undefined;

/** Those whom the sample files mention. */
const cast: Readonly<Record<string, string>> = { "9ss9jmmkh4k20002": "@alice", "9uskg4rrh4k20003": "@bob" };
const handleInSamples: HandleOf = (userId) => cast[userId];

/** Whether a dialect's servers write as the sample files are written. */
function isPresent({ payload, writing, hidesNonPublicNotes, samplesOf }: Dialect): boolean {
  const differs = payload === null ? samplesOf !== presentDialect.samplesOf : Object.keys(payload).length > 0;
  return !differs && !hidesNonPublicNotes && isDeepStrictEqual(writing, presentDialect.writing);
}

/**
 * How a dialect's servers write. Families whose payloads were never seen write as the row that their samples are of:
 * Ocean as Misskey at present, Firefish and its relatives (and Nexkey) as Misskey 12.110 to 12.119.
 */
export function shapeOf(dialect: Dialect, handleOf: HandleOf = handleInSamples): Shape {
  const { writing, hidesNonPublicNotes, avatars, samplesOf } = dialect;
  return {
    ...writing,
    isPresent: isPresent(dialect),
    hidesNonPublicNotes,
    identiconById: avatars.identicon === "id",
    handleOf,
    tables: () => tablesOf(dialect) ?? tablesOf(resolveDialect(samplesOf)) ?? resolveTables(),
  };
}
