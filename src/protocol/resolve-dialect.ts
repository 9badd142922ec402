// From what a user writes (`misskey`, `misskey@12.119`) to a row of the table.
import { UsageError } from "../errors.js";
import { type Dialect, dialectName } from "./dialect.js";
import { dialects } from "./dialect-table.js";

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

/** The families that `--as` knows, in the table's order. */
function dialectFamilies(): string[] {
  return [...new Set(dialects.map(({ family }) => family))];
}

/**
 * The dialect for `family` (its newest row) or `family@version` (the row that holds for that version).
 * A version of a family with one row is accepted as it is.
 * @throws UsageError `unknown-dialect`
 */
export function resolveDialect(spec: string): Dialect {
  const [family = "", version] = spec.trim().toLowerCase().split("@", 2);
  const rows = dialects.filter((row) => row.family === family);
  const [newest] = rows;
  if (newest === undefined) {
    throw new UsageError("unknown-dialect", `No dialect is called “${family}”.`, {
      hint: `Known: ${dialectFamilies().join(", ")}; a version goes behind @ (misskey@12.119); a fork of your own is a JSON file (./my-fork.json).`,
    });
  }
  if (version === undefined) return newest;
  const wanted = numbersOf(version);
  const row =
    wanted.length === 0 ? undefined : rows.find(({ since }) => compareVersions(wanted, numbersOf(since)) >= 0);
  if (row === undefined) {
    throw new UsageError("unknown-dialect", `${newest.title} ${version} is not a version with webhooks that we know.`, {
      hint: `Known rows: ${rows.map(dialectName).join(", ")}.`,
    });
  }
  return row;
}
