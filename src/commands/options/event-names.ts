// How events are named: as servers do; `all` and `*` stand for every one; a wrong one gets a guess.
import { findEvent } from "../../protocol/index.js";

/** Whether these names stand for every event. */
export function meansAll(names: readonly string[]): boolean {
  return names.some((name) => name === "all" || name === "*");
}

/** The event that was meant: one that differs in case alone, else the nearest. */
export async function guessEvent(name: string, known: readonly string[]): Promise<string> {
  const same = known.find((candidate) => candidate.toLowerCase() === name.toLowerCase());
  if (same !== undefined) return same;
  const { closest } = await import("fastest-levenshtein");
  return closest(name, known);
}

/** Those of the names that no known server has. */
export function unknownEvents(names: readonly string[]): string[] {
  return names.filter((name) => name !== "all" && name !== "*" && findEvent(name) === undefined);
}
