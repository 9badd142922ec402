// Which servers have which events: read off the rows of dialects/, for everything that asks.
import type { Dialect } from "./dialect.js";
import { dialects } from "./dialects/index.js";
import type { EventSpec } from "./events.js";

/** The events that a server of this dialect can be asked for; those for administrators only where it has such hooks. */
export function eventsOf({ events, api }: Dialect): readonly EventSpec[] {
  return events.filter(({ scope }) => scope === "user" || api.systemWebhooks);
}

/** Whether a name is one of those that `note@*` stands for. */
function isOfPattern(pattern: string, name: string): boolean {
  const star = pattern.indexOf("*");
  if (star === -1) return false;
  const [start, end] = [pattern.slice(0, star), pattern.slice(star + 1)];
  return name.length > start.length + end.length && name.startsWith(start) && name.endsWith(end);
}

/** What was looked up: under load a receiver asks thousands of times a second. */
const found = new WeakMap<Dialect, Map<string, EventSpec>>();

/** The event of that name as servers of this dialect have it; undefined when they have none. */
export function findEventOf(dialect: Dialect, name: string): EventSpec | undefined {
  let known = found.get(dialect);
  if (known === undefined) {
    known = new Map(eventsOf(dialect).map((event) => [event.name, event]));
    found.set(dialect, known);
  }
  return known.get(name) ?? [...known.values()].find((event) => isOfPattern(event.name, name));
}

/** The families that alone have an event; none for those that Misskey has, and for unknown ones. */
export function familiesAlone(name: string): readonly string[] {
  const having = dialects.filter((dialect) => findEventOf(dialect, name) !== undefined).map(({ family }) => family);
  const [common] = dialects;
  return common !== undefined && having.includes(common.family) ? [] : [...new Set(having)];
}
