// The options of `listen` that have it fail on purpose.
import { InvalidArgumentError, Option } from "@commander-js/extra-typings";
import type { Fault, FaultChance, FaultScript, FaultStep } from "../../receiver/index.js";
import type { Command } from "../command.js";
import { collectList, positiveDurationMs, share } from "../options/values.js";

/** As commander hands them over. */
export interface FaultFlags {
  readonly respond?: FaultScript[];
  readonly respondRandom?: FaultChance[];
  readonly delay?: number;
  readonly drop?: true;
  readonly reset?: true;
  readonly seed?: string;
}

const mostTimes = 1_000_000;

function readFault(text: string): Fault {
  if (text === "drop" || text === "reset") return text;
  const status = /^\d{3}$/.test(text) ? Number(text) : 0;
  if (status >= 200 && status <= 599) return status;
  throw new InvalidArgumentError(`“${text}” is no answer: a status from 200 to 599, drop or reset.`);
}

function readStep(text: string): FaultStep {
  const [, what = text, count] = /^(.*?)x(\d+)$/.exec(text) ?? [];
  const fault = readFault(what);
  if (count === undefined) return { fault, times: 1 };
  if (Number(count) >= 1 && Number(count) <= mostTimes) return { fault, times: Number(count) };
  throw new InvalidArgumentError(`“${text}”: expected 1 to ${mostTimes} times.`);
}

/** `500x2,204` or `mention=500x3,204`: the last step holds from then on, unless it has a number. */
function collectScripts(value: string, earlier: readonly FaultScript[] | undefined): FaultScript[] {
  const [, names, script = value] = /^([^=]*)=(.*)$/s.exec(value) ?? [];
  const texts = collectList(script, undefined);
  const steps = texts.map((text, index): FaultStep => {
    const step = readStep(text);
    return index === texts.length - 1 && !/x\d+$/.test(text) ? { fault: step.fault } : step;
  });
  return [...(earlier ?? []), { steps, events: names === undefined ? undefined : collectList(names, undefined) }];
}

/** `0.1:503,0.05:reset` */
function collectChances(value: string, earlier: readonly FaultChance[] | undefined): FaultChance[] {
  const chances = collectList(value, undefined).map((text): FaultChance => {
    const [, part, fault] = /^([^:]*):(.*)$/s.exec(text) ?? [];
    if (part === undefined || fault === undefined)
      throw new InvalidArgumentError("Expected a share and its answer: 0.1:503");
    return { share: share(part), fault: readFault(fault) };
  });
  const all = [...(earlier ?? []), ...chances];
  const sum = all.reduce((total, one) => total + one.share, 0);
  if (sum > 1 + 1e-9) throw new InvalidArgumentError("The shares add up to more than 1.");
  return all;
}

/** Declares them. Nobody waits for the answers to a stream. */
export function addFaultOptions(command: Command): void {
  const option = (flags: string, words: string): Option => new Option(flags, words).conflicts("fromStream");
  const answers = ["respond", "respondRandom", "drop", "reset"];
  const others = (name: string): string[] => [...answers.filter((other) => other !== name), "fromStream"];
  command
    .optionsGroup("Simulated faults, of what would be accepted:")
    .addOption(
      option(
        "--respond <script>",
        "answers in turn: 500x2,204; for some events mention=500x3,204; repeatable",
      ).argParser(collectScripts),
    )
    .addOption(
      option("--respond-random <share:answer>", "at random, where no script says: 0.1:503").argParser(collectChances),
    )
    .addOption(new Option("--seed <seed>", "the same chances again"))
    .addOption(option("--delay <duration>", "wait before every answer").argParser(positiveDurationMs))
    .addOption(new Option("--drop", "never answer, on a connection that stays open").conflicts(others("drop")))
    .addOption(new Option("--reset", "reset the connection instead of answering").conflicts(others("reset")));
}
