// Faults on purpose: which answer an accepted delivery gets in place of the receiver's own. Pure but for its counters.
import type { OtherAnswer } from "./delivery-event.js";

/** A status; no answer on an open connection; or a connection that is reset. */
export type Fault = number | "drop" | "reset";

/** So many times the same; without `times` from then on. */
export interface FaultStep {
  readonly fault: Fault;
  readonly times?: number | undefined;
}

/** Answers in turn. Once they are used up, the receiver's own come. */
export interface FaultScript {
  /** For each of these events, counted apart, in place of the script for the others; undefined for the others. */
  readonly events?: readonly string[] | undefined;
  readonly steps: readonly FaultStep[];
}

export interface FaultChance {
  /** From 0 to 1; those of several chances add up to 1 at most. */
  readonly share: number;
  readonly fault: Fault;
}

export interface FaultOptions {
  readonly scripts?: readonly FaultScript[] | undefined;
  /** For what the scripts don't answer. */
  readonly chances?: readonly FaultChance[] | undefined;
  /** Before every answer. Default 0. */
  readonly delayMs?: number | undefined;
  /** A number in [0, 1). */
  readonly random: () => number;
}

function* stepsOf({ steps }: FaultScript): Generator<Fault, undefined> {
  for (const { fault, times = Number.POSITIVE_INFINITY } of steps) {
    for (let n = 0; n < times; n++) yield fault;
  }
  return undefined;
}

function inSeconds(ms: number): string {
  return ms % 1000 === 0 ? `${ms / 1000}s` : `${ms}ms`;
}

/** The statuses are what is told of a sender that got no answer: too late, and none. */
function answerOf(fault: Fault): Pick<OtherAnswer, "status" | "connection"> {
  if (fault === "drop") return { status: 504, connection: "silent" };
  return fault === "reset" ? { status: 502, connection: "reset" } : { status: fault };
}

/**
 * Decides delivery by delivery, in the order of the calls.
 * @returns undefined where the receiver's own answer goes out, `ownStatus`, and without delay
 */
export function createFaults(
  options: FaultOptions,
): (event: string | null, ownStatus: number) => OtherAnswer | undefined {
  const { scripts = [], chances = [], delayMs = 0, random } = options;
  const others = scripts.filter(({ events }) => events === undefined).map(stepsOf);
  const byEvent = new Map<string, Generator<Fault, undefined>[]>();
  for (const script of scripts) {
    for (const event of script.events ?? []) byEvent.set(event, [...(byEvent.get(event) ?? []), stepsOf(script)]);
  }

  function scripted(event: string | null): Fault | undefined {
    for (const steps of byEvent.get(event ?? "") ?? others) {
      const { value } = steps.next();
      if (value !== undefined) return value;
    }
    return undefined;
  }

  function drawn(): Fault | undefined {
    if (chances.length === 0) return undefined;
    let left = random();
    for (const { share, fault } of chances) {
      if (left < share) return fault;
      left -= share;
    }
    return undefined;
  }

  return (event, ownStatus) => {
    const fault = scripted(event) ?? drawn();
    if (fault === undefined && delayMs === 0) return undefined;
    const delay = inSeconds(delayMs);
    const simulated =
      fault === undefined ? `delay ${delay}` : delayMs === 0 ? String(fault) : `${fault} after ${delay}`;
    return { ...answerOf(fault ?? ownStatus), simulated };
  };
}
