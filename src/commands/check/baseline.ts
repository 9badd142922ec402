// The baseline of `check`: findings that a project knows and accepts for now, so that only new ones fail the run.
import { access } from "node:fs/promises";
import { resolve } from "node:path";
import { LocalError, UsageError } from "../../errors.js";
import { replaceFile } from "../../files/index.js";
import type { CheckReport } from "../../reporters/index.js";
import { printable } from "../../terminal/index.js";
import type { CommandContext } from "../command.js";
import { readInput } from "../options/inputs.js";

/** Verdicts by check id. */
export type Baseline = Readonly<Record<string, "unproved" | "warn" | "fail">>;

const kinds: ReadonlySet<unknown> = new Set(["unproved", "warn", "fail"]);

function isBaseline(value: unknown): value is { readonly accepted: Baseline } {
  if (typeof value !== "object" || value === null || !("accepted" in value)) return false;
  const { accepted } = value;
  return (
    typeof accepted === "object" && accepted !== null && Object.values(accepted).every((verdict) => kinds.has(verdict))
  );
}

/**
 * The baseline in a file; none when there is no file yet and one is about to be written.
 * @throws UsageError `unreadable-file`, `invalid-baseline`
 */
export async function readBaseline(
  file: string | undefined,
  willBeWritten: boolean,
  context: CommandContext,
): Promise<Baseline> {
  if (file === undefined) {
    if (!willBeWritten) return {};
    throw new UsageError("no-baseline");
  }
  if (willBeWritten) {
    const exists = await access(resolve(context.cwd, file)).then(
      () => true,
      () => false,
    );
    if (!exists) return {};
  }
  const text = (await readInput(file, context)).toString("utf8");
  try {
    const value: unknown = JSON.parse(text);
    if (isBaseline(value)) return value.accepted;
  } catch {
    // said below
  }
  throw new UsageError("invalid-baseline", { file });
}

/** @throws LocalError `unwritable-file` */
export async function writeBaseline(file: string, report: CheckReport, context: CommandContext): Promise<void> {
  const found = report.checks.filter(({ verdict }) => kinds.has(verdict));
  const accepted = Object.fromEntries(found.map(({ id, verdict }) => [id, verdict]));
  try {
    await replaceFile(resolve(context.cwd, file), `${JSON.stringify({ accepted }, null, 2)}\n`);
  } catch (cause) {
    const { code = "" } = cause as NodeJS.ErrnoException;
    throw new LocalError("unwritable-file", { what: "baseline", file, why: code }, { cause });
  }
  context.note(`Wrote ${found.length === 1 ? "1 finding" : `${found.length} findings`} to ${printable(file)}.`);
}

/** What the baseline accepts and the run no longer found. */
export function staleEntries(baseline: Baseline, report: CheckReport): string[] {
  return report.checks.filter(({ id, verdict }) => id in baseline && verdict === "pass").map(({ id }) => id);
}
