// The faults that `listen` is told to simulate.
import { UsageError } from "../../errors.js";
import { Faulting, type Sink } from "../../pipeline/index.js";
import type { FaultScript } from "../../receiver/index.js";
import type { CommandContext } from "../command.js";
import type { ListenFlags } from "./options.js";

/** The sink that answers so; none without faults. @throws UsageError `conflicting-answers`, `seed-of-nothing` */
export async function faultingSinks(flags: ListenFlags, context: CommandContext): Promise<Sink[]> {
  const { respond, respondRandom, delay, drop, reset, seed, answer } = flags;
  if (seed !== undefined && respondRandom === undefined) throw new UsageError("seed-of-nothing");
  const always: FaultScript[] = drop
    ? [{ steps: [{ fault: "drop" }] }]
    : reset
      ? [{ steps: [{ fault: "reset" }] }]
      : [];
  const scripts = [...(respond ?? []), ...always];
  if (scripts.length === 0 && respondRandom === undefined && delay === undefined) return [];
  if (answer === "pass") throw new UsageError("conflicting-answers");
  const seeded = seed === undefined ? undefined : (await import("../../samples/index.js")).seededSource(seed);
  const random = seeded?.random ?? (() => context.random());
  return [new Faulting({ scripts, chances: respondRandom, delayMs: delay, random })];
}
