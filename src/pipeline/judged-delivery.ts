// What goes through the pipeline: one delivery, and what is known of it.
import { randomUUID } from "node:crypto";
import type { WireDelivery } from "../protocol/index.js";
import type { DeliveryEvent, ReceivedDelivery } from "../receiver/index.js";

/**
 * How a delivery came: `endpoint` (a request to an endpoint of ours), `borrowed` (one from a hook that was made or
 * re-pointed for this run), `stream` (an account's stream; envelope and headers were made up here).
 */
export type SourceKind = "endpoint" | "borrowed" | "stream";

/** A delivery that was judged. It holds the hook's secret, in its headers. */
export interface JudgedDelivery {
  /**
   * For people and files: twelve letters and digits, another for each delivery. It begins as the `eventId` does, where
   * that is a UUID, so that a redelivery is seen to be one.
   */
  readonly id: string;
  readonly source: SourceKind;
  /** Milliseconds since the epoch. */
  readonly arrivedAtMs: number;
  /** Exactly what came; the method is empty when the connection broke before there was a request. */
  readonly delivery: WireDelivery;
  /** The body's JSON value; undefined where it wasn't parsed. */
  readonly payload: unknown;
  /** Whether it comes from an event or the test button; undefined where the payload wasn't looked at. */
  readonly origin: ReceivedDelivery["origin"];
  /** The judgement: status, dialect, findings. Before the answer its status is what would be answered. */
  readonly event: DeliveryEvent;
}

function newId(eventId: string | null): string {
  // Node draws the randomness of many UUIDs at once; randomBytes would ask for it with every delivery.
  const [eight = "", four = ""] = randomUUID().split("-");
  return `${/^[\da-f]{8}(?=-)/.exec(eventId ?? "")?.[0] ?? eight}${four}`;
}

/** Enough of its id to tell a delivery apart from the others on a screen. */
export function shortId({ id, event }: JudgedDelivery): string {
  return event.redelivery ? id : id.slice(0, 8);
}

/** What a receiver tells, as the pipeline has it. */
export function judgedDelivery(event: DeliveryEvent, request: ReceivedDelivery, source: SourceKind): JudgedDelivery {
  const { method, path, headers, body, payload, origin } = request;
  const delivery = { method, path, headers, body };
  return { id: newId(event.eventId), source, arrivedAtMs: Date.parse(event.at), delivery, payload, origin, event };
}
