// Which checks a run makes: by level, by --only and --skip.
import { closest } from "fastest-levenshtein";
import { UsageError } from "../../errors.js";
import { type Check, type Level, levels } from "../checks/check.js";

/** What the user asked for. */
export interface Selection {
  readonly level: Level;
  /** Ids, or themes (`secret`, `secret.*`). Empty means all of the level. */
  readonly only: readonly string[];
  readonly skip: readonly string[];
}

function matcher(pattern: string, checks: readonly Check[]): (check: Check) => boolean {
  const theme = pattern.replace(/\.\*$/, "");
  const matches = ({ id }: Check): boolean => id === pattern || id.startsWith(`${theme}.`);
  if (checks.some(matches)) return matches;
  const known = checks.map(({ id }) => id);
  throw new UsageError("unknown-check", { name: pattern, nearest: closest(pattern, known) });
}

/**
 * The checks of a run, in their order. `--only` reaches checks of any level.
 * @throws UsageError `unknown-check`, with the nearest id
 */
export function selectChecks(checks: readonly Check[], { level, only, skip }: Selection): Check[] {
  const wanted = only.map((pattern) => matcher(pattern, checks));
  const unwanted = skip.map((pattern) => matcher(pattern, checks));
  const reaches = (check: Check): boolean => levels.indexOf(check.level) <= levels.indexOf(level);
  return checks
    .filter((check) => (wanted.length > 0 ? wanted.some((matches) => matches(check)) : reaches(check)))
    .filter((check) => !unwanted.some((matches) => matches(check)));
}

/**
 * The checks that `--explain` names: one, those of a theme, or `all`.
 * @throws UsageError `unknown-check`
 */
export function findChecks(checks: readonly Check[], pattern: string): Check[] {
  return pattern === "all" ? [...checks] : checks.filter(matcher(pattern, checks));
}
