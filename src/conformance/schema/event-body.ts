// Which of an instance's components an event's body holds, and where.
import { findEvent, isObject } from "../../protocol/index.js";

/** A part of a delivery that a component describes. */
export interface DescribedPart {
  readonly component: "Note" | "UserLite" | "UserDetailedNotMe";
  /** For findings: `body.note`. */
  readonly path: string;
  readonly value: unknown;
}

function userIn(kind: string | undefined): DescribedPart["component"] | undefined {
  if (kind === "userDetailed") return "UserDetailedNotMe";
  return kind === "userLite" ? "UserLite" : undefined;
}

/** The part of a delivery that the API describes; undefined for events that it doesn't, such as an abuse report. */
export function describedPart(delivery: unknown): DescribedPart | undefined {
  if (!isObject(delivery) || typeof delivery["type"] !== "string") return undefined;
  const kind = findEvent(delivery["type"])?.body;
  const isFlat = !("body" in delivery);
  const body = isFlat ? delivery : delivery["body"];
  if (!isObject(body)) return undefined;
  if (kind === "bareUserLite") return { component: "UserLite", path: "body", value: body };
  const prefix = isFlat ? "" : "body.";
  const [component, key] = kind === "note" ? (["Note", "note"] as const) : ([userIn(kind), "user"] as const);
  // Without it nothing can be said here; that it is missing is for the check of the envelope to say.
  if (component === undefined || body[key] === undefined) return undefined;
  return { component, path: `${prefix}${key}`, value: body[key] };
}
