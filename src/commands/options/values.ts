// How option values are read: one parser per kind of value, for commander's `option()`. Pure: what a value points at
// (a file, standard input, a prompt) is read by inputs.ts.
import { InvalidArgumentError } from "@commander-js/extra-typings";

const unitsMs = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;

/** The longest wait that Node's timers take, about 24.8 days. */
const longestTimerMs = 2 ** 31 - 1;

/**
 * A duration such as `500ms`, `1.5s`, `2m` or `1h`, in whole milliseconds. A bare number isn't one, since nobody can
 * tell seconds from milliseconds. `0s` is allowed.
 */
export function durationMs(value: string): number {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(value.trim()) ?? [];
  if (amount === undefined) throw new InvalidArgumentError("A duration has a unit: 500ms, 5s, 2m.");
  const ms = Math.round(Number(amount) * unitsMs[unit as keyof typeof unitsMs]);
  if (ms > longestTimerMs) throw new InvalidArgumentError("That is longer than a timer can wait (24 days).");
  return ms;
}

/** A duration that something has to fit into: not zero, in which nothing could be done. */
export function positiveDurationMs(value: string): number {
  const ms = durationMs(value);
  if (ms === 0) throw new InvalidArgumentError("Nothing can be done in no time: 500ms, 5s, 2m.");
  return ms;
}

/** An age such as `12h` or `30d`, in milliseconds: unlike a duration it may be longer than a timer can wait. */
export function ageMs(value: string): number {
  const [, amount, unit] = /^(\d{1,6})(s|m|h|d)$/.exec(value.trim()) ?? [];
  if (amount === undefined) throw new InvalidArgumentError("Expected an age: 90m, 12h, 30d.");
  const units: Readonly<Record<string, number>> = { ...unitsMs, d: 24 * 3_600_000 };
  return Number(amount) * (units[unit ?? ""] ?? 0);
}

function integer(value: string, least: number, most: number, otherwise: string): number {
  const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
  if (!(number >= least && number <= most)) throw new InvalidArgumentError(otherwise);
  return number;
}

/** A count: 1, 2, 3 … */
export function positiveInteger(value: string): number {
  return integer(value, 1, Number.MAX_SAFE_INTEGER, "Expected a whole number from 1 on.");
}

/** How often at most: 0, 1, 2 … */
export function wholeNumber(value: string): number {
  return integer(value, 0, Number.MAX_SAFE_INTEGER, "Expected a whole number.");
}

/** A number above 0, not necessarily a whole one. */
export function positiveNumber(value: string): number {
  const number = /^\d+(\.\d+)?$/.test(value) ? Number(value) : Number.NaN;
  if (!(number > 0 && Number.isFinite(number))) throw new InvalidArgumentError("Expected a number above 0.");
  return number;
}

/** A share: 0, 0.25, 1. */
export function share(value: string): number {
  const number = /^\d+(\.\d+)?$/.test(value) ? Number(value) : Number.NaN;
  if (!(number <= 1)) throw new InvalidArgumentError("Expected a number from 0 to 1.");
  return number;
}

/** A TCP port to listen on; 0 lets the system choose a free one. */
export function port(value: string): number {
  return integer(value, 0, 65_535, "Expected a port from 0 (any free one) to 65535.");
}

const unitsBytes = { b: 1, kb: 1000, mb: 1_000_000, kib: 1024, mib: 1024 ** 2 } as const;

/** A size such as `65536`, `64KiB` or `1MiB`, in bytes. A bare number is bytes. */
export function sizeBytes(value: string): number {
  const [, amount, unit = "b"] = /^(\d+)\s*(b|kb|mb|kib|mib)?$/i.exec(value.trim()) ?? [];
  if (amount === undefined) throw new InvalidArgumentError("Expected a size: 65536, 64KiB, 1MiB.");
  return Number(amount) * unitsBytes[unit.toLowerCase() as keyof typeof unitsBytes];
}

/** A size that something has to fit into: not zero, into which nothing fits. */
export function positiveSizeBytes(value: string): number {
  const bytes = sizeBytes(value);
  if (bytes === 0) throw new InvalidArgumentError("Nothing fits into no bytes: 65536, 64KiB, 1MiB.");
  return bytes;
}

/** For an option that may be repeated: `option("--set <path=value>", "…", collect)` gives every value, in order. */
export function collect(value: string, earlier: readonly string[] | undefined): string[] {
  return [...(earlier ?? []), value];
}

/** For an option that may be repeated and takes lists: `--on mention,reply --on note` gives three names. */
export function collectList(value: string, earlier: readonly string[] | undefined): string[] {
  const items = value.split(",").map((item) => item.trim());
  if (items.includes("")) throw new InvalidArgumentError("Expected names with commas between them.");
  return [...(earlier ?? []), ...items];
}

/** Statuses with commas between them: `204,4xx`. */
export function collectStatuses(value: string, earlier: readonly string[] | undefined): string[] {
  const statuses = collectList(value, earlier);
  if (statuses.every((status) => /^(\d{3}|\dxx)$/i.test(status))) return statuses;
  throw new InvalidArgumentError("Expected statuses such as 204 or 4xx.");
}

/** One of a few words: `option("--format <name>", "…", oneOf("pretty", "json"))`. */
export function oneOf<const Choice extends string>(...choices: readonly Choice[]): (value: string) => Choice {
  return (value) => {
    const choice = choices.find((candidate) => candidate === value);
    if (choice === undefined) throw new InvalidArgumentError(`Expected ${choices.join(" or ")}.`);
    return choice;
  };
}

// RFC 9110: a token, and a value that Node would send.
const headerLine = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+)\s*:[ \t]*([\t\u0020-\u007E\u0080-\u00FF]*?)[ \t]*$/;

/** A header as `name: value`; may be repeated. The value may be empty. */
export function collectHeaders(
  value: string,
  earlier: readonly [name: string, value: string][] | undefined,
): [name: string, value: string][] {
  const [, name, content] = headerLine.exec(value) ?? [];
  if (name === undefined || content === undefined)
    throw new InvalidArgumentError("Expected a header as “name: value”, in Latin-1 and on one line.");
  return [...(earlier ?? []), [name, content]];
}

/** A URL's path such as `/hook`, percent-encoded as senders write it; the leading slash may be left out. */
export function urlPath(value: string): string {
  if (/[?#\s]/.test(value)) throw new InvalidArgumentError("Expected a path with no query: /hook.");
  return new URL(`http://receiver/${value.replace(/^\//, "")}`).pathname;
}
