// What stands in `body` for each kind of event, written as the payload tables write types and objects.
import type { BodyKind, EventSpec } from "./events.js";
import type { ObjectTable } from "./payload-tables.js";

const bodies: Readonly<Record<Exclude<BodyKind, "object">, string | ObjectTable>> = {
  note: { note: "Note" },
  userDetailed: { user: "UserDetailedNotMe" },
  userLite: { user: "UserLite" },
  abuseReport: "AbuseReport",
  bareUserLite: "UserLite",
  remainingTime: { remainingTime: "RemainingTime" },
  empty: {},
  reportResolution: "ReportResolution",
};

/** Kinds whose object the test button of 2024.9 to 2024.10 put directly into `body`. */
const wrapped: ReadonlySet<BodyKind> = new Set(["note", "userDetailed", "userLite"]);

/**
 * The type of an event's body, or its keys. `object` for what isn't known.
 * @param direct the note or user stands directly in `body`
 */
export function bodyOf(event: EventSpec | undefined, direct: boolean): string | ObjectTable {
  if (event === undefined) return "object";
  if (event.body === "object") return event.table ?? "object";
  const body = bodies[event.body];
  return direct && typeof body === "object" && wrapped.has(event.body) ? (Object.values(body)[0] ?? "object") : body;
}
