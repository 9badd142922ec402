// From what a user writes (`misskey`, `misskey@12.119`) to a row of the table.
import { UsageError } from "../errors.js";
import { type Dialect, dialectName } from "./dialect.js";
import { dialects } from "./dialects/index.js";

/** The leading numbers of a version: `2025.4.1-mhq.13` is [2025, 4, 1]. */
function numbersOf(version: string): number[] {
  return (/^\d+(\.\d+)*/.exec(version)?.[0] ?? "").split(".").filter(Boolean).map(Number);
}

function compareVersions(a: readonly number[], b: readonly number[]): number {
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Whether `version` says no more than the start of `other`: 2024.10 may be 2024.10.0 as well as 2024.10.1. */
function isStartOf(version: readonly number[], other: readonly number[]): boolean {
  return version.length < other.length && version.every((part, place) => part === other[place]);
}

/** The row as that version has it: without what came later. */
function atVersion(row: Dialect, version: readonly number[]): Dialect {
  const lacking = row.earlier.filter(({ before }) => {
    const first = numbersOf(before);
    return !isStartOf(version, first) && compareVersions(version, first) < 0;
  });
  if (lacking.length === 0) return row;
  const events = lacking.findLast((step) => step.events !== undefined)?.events ?? row.events;
  return { ...row, events, api: Object.assign({ ...row.api }, ...lacking.map(({ api }) => api)) };
}

function rowFor(family: string, version: string): Dialect | undefined {
  const wanted = numbersOf(version);
  if (wanted.length === 0) return undefined;
  const row = dialects.find(
    (candidate) => candidate.family === family && compareVersions(wanted, numbersOf(candidate.since)) >= 0,
  );
  return row && atVersion(row, wanted);
}

/**
 * The dialect of a server that calls itself so in nodeinfo; undefined when that version isn't known. Families that share a
 * name are told apart by what marks their versions (MisskeyIO 2025.4.1-mhq.13 differs from Misskey 2025.4.1).
 */
export function dialectOfSoftware(name: string, version: string): Dialect | undefined {
  const rows = dialects.filter(({ software }) => software.name === name);
  const marked = rows.find(({ software: { versionMark } }) => versionMark && new RegExp(versionMark).test(version));
  const family = (marked ?? rows.find(({ software }) => software.versionMark === undefined))?.family;
  return family === undefined ? undefined : rowFor(family, version);
}

/** The families that `--as` knows, in the table's order. */
function dialectFamilies(): string[] {
  return [...new Set(dialects.map(({ family }) => family))];
}

/**
 * The dialect for `family` (its newest row) or `family@version` (the row that holds for that version, without the events
 * that came later).
 * A version of a family with one row is accepted as it is.
 * @throws UsageError `unknown-dialect`
 */
export function resolveDialect(spec: string): Dialect {
  const [family = "", version] = spec.trim().toLowerCase().split("@", 2);
  const rows = dialects.filter((row) => row.family === family);
  const [newest] = rows;
  if (newest === undefined) {
    throw new UsageError("unknown-dialect", { family, families: dialectFamilies() });
  }
  if (version === undefined) return newest;
  const row = rowFor(family, version);
  if (row === undefined) {
    throw new UsageError("unknown-dialect", { title: newest.title, version, rows: rows.map(dialectName) });
  }
  return row;
}

/** A version that is later than all that a family's newest row was made from. */
export interface LaterVersion {
  readonly title: string;
  readonly version: string;
  /** The newest that was looked at. */
  readonly newestKnown: string;
  /** The row's name, which the version is taken for. */
  readonly takenAs: string;
}

/**
 * What is to be said of a spec that `resolveDialect` takes although nobody has looked at that version yet; undefined where
 * there is nothing to say, and where the family's sources were read without a version.
 */
export function laterThanKnown(spec: string): LaterVersion | undefined {
  const [family = "", version = ""] = spec.trim().toLowerCase().split("@", 2);
  const newest = dialects.find((row) => row.family === family);
  const newestKnown = /\d+(\.\d+)+/.exec(newest?.source ?? "")?.[0];
  if (newest === undefined || newestKnown === undefined) return undefined;
  const [wanted, known] = [numbersOf(version), numbersOf(newestKnown)];
  if (isStartOf(wanted, known) || compareVersions(wanted, known) <= 0) return undefined;
  return { title: newest.title, version, newestKnown, takenAs: dialectName(newest) };
}
