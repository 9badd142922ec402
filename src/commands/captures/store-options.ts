// Which store a command means, and which captures in it.
import { resolve } from "node:path";
import { type Command as CommanderCommand, InvalidArgumentError, type OptionValues } from "@commander-js/extra-typings";
import type { CaptureFilter } from "../../captures/index.js";
import { captureFolder } from "../../config/index.js";
import type { CommandContext } from "../command.js";
import { collectList, collectStatuses } from "../options/values.js";
import { loadProject } from "../options/settings.js";

export interface StoreOptions {
  readonly captures?: string;
}

/** As commander hands them over. */
export interface FilterOptions extends StoreOptions {
  readonly since?: Moment;
  readonly until?: Moment;
  readonly event?: readonly string[];
  readonly from?: string;
  readonly status?: readonly string[];
  readonly withFindings?: true;
  readonly unforwarded?: true;
  readonly where?: string;
}

/** A time, or so long ago. */
export type Moment = (nowMs: number) => number;

const unitsMs: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `10m`, `2h`, `7d` ago, or a date such as `2026-11-25` or `2026-11-25T14:00:00Z`. */
export function moment(value: string): Moment {
  const [, amount, unit = ""] = /^(\d{1,9})(s|m|h|d)$/.exec(value.trim()) ?? [];
  if (amount !== undefined) return (nowMs) => nowMs - Number(amount) * (unitsMs[unit] ?? 0);
  const date = /^\d{4}-\d\d/.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(date))
    throw new InvalidArgumentError("Expected a time as 10m, 2h or 7d ago, or as 2026-11-25T14:00.");
  return () => date;
}

/** Declares `--captures`. */
export function addStoreOption<Args extends unknown[], Options extends OptionValues>(
  command: CommanderCommand<Args, Options>,
): CommanderCommand<Args, Options & StoreOptions> {
  command.option("--captures <folder>", "the store (default: the project's own)");
  return command;
}

/** Declares `--captures` and what chooses among captures. */
export function addFilterOptions<Args extends unknown[], Options extends OptionValues>(
  command: CommanderCommand<Args, Options>,
): CommanderCommand<Args, Options & FilterOptions> {
  command
    .optionsGroup("Which:")
    .option("--since <time>", "arrived since then: 10m, 2h, 7d ago, or 2026-11-25T14:00", moment)
    .option("--until <time>", "arrived until then", moment)
    .option("--event <events>", "of these events: mention,reply", collectList)
    .option("--from <user>", "caused by this user: alice, or alice@example.com")
    .option("--status <statuses>", "answered with these: 204, 4xx", collectStatuses)
    .option("--with-findings", "something was found in it")
    .option("--unforwarded", "no handler that it was handed on to answered 2xx")
    .option("--where <expression>", 'e.g. \'event == "mention" and body.note.visibility == "public"\'');
  return addStoreOption(command);
}

/** The folder of the store, which need not exist. @throws UsageError `bad-project-file` */
export async function storeFolder({ captures }: StoreOptions, context: CommandContext): Promise<string> {
  if (captures !== undefined) return resolve(context.cwd, captures);
  return captureFolder(context.cwd, await loadProject(context), context.env);
}

/** The language of expressions is loaded only when there is one. */
async function queryOf(expression: string | undefined): Promise<CaptureFilter["where"]> {
  return expression === undefined ? undefined : (await import("../../query/index.js")).compileQuery(expression);
}

/** What the options choose. @throws UsageError `bad-query` */
export async function filterOf(options: FilterOptions, context: CommandContext): Promise<CaptureFilter> {
  const now = context.now();
  return {
    sinceMs: options.since?.(now),
    untilMs: options.until?.(now),
    events: options.event,
    from: options.from,
    statuses: options.status,
    withFindings: options.withFindings,
    unforwarded: options.unforwarded,
    where: await queryOf(options.where),
  };
}
