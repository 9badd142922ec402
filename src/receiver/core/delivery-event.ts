// What a receiver tells about each request: one object, the same for the NDJSON line and for what a person reads.
import {
  type Finding,
  findHeaderPrefix,
  type HeaderLookup,
  type Verdict,
  type WireDelivery,
} from "../../protocol/index.js";
import type { Decision } from "./decide.js";

/** One request and what became of it; its keys are a contract that scripts rely on. */
export interface DeliveryEvent {
  readonly kind: "delivery";
  /** When the request arrived, ISO 8601. */
  readonly at: string;
  /** The HTTP status that was answered; where the connection was lost before an answer, the one that fits. */
  readonly status: number;
  /** Accepted, expected, and without findings of severity error. */
  readonly ok: boolean;
  /** null where the payload wasn't looked at or doesn't say. */
  readonly event: string | null;
  /** null where the payload wasn't looked at, and in the flat payloads of Misskey 12.109. */
  readonly eventId: string | null;
  /** From the payload, else from the hook-id header. */
  readonly hookId: string | null;
  readonly dialect: string | null;
  /** Bytes of the body that were read. */
  readonly bytes: number;
  /** The same eventId came before: an attempt that the server repeated, or a replay. */
  readonly redelivery: boolean;
  /** It never was a request: the body is real, and the envelope and headers around it were made up here. */
  readonly synthesised?: true;
  /** The answer wasn't the receiver's own but a simulated one: what it was, e.g. `500`, `reset`, `204 after 6s`. */
  readonly simulated?: string;
  readonly findings: readonly Finding[];
  /** Why it was rejected or is unexpected, in words; text from the request in it is shortened, not made printable. */
  readonly reason?: string;
}

/**
 * The delivery behind an event, byte by byte: for captures, forwarding and a look at the payload. Its body is empty when
 * the request was turned away before it was read.
 */
export interface ReceivedDelivery extends WireDelivery {
  /** The body's JSON value; undefined where the body wasn't parsed. */
  readonly payload: unknown;
  /** Whether it comes from an event or the test button; undefined where the payload wasn't looked at. */
  readonly origin: Verdict["origin"] | undefined;
}

/** An answer in place of the receiver's own. */
export interface OtherAnswer {
  readonly status: number;
  /** Why, in words: told with the delivery. */
  readonly reason?: string;
  /** It is the answer of somebody behind the receiver. */
  readonly passedOn?: true;
  /** It is a fault on purpose, and which one: told with the delivery, which it says nothing about. */
  readonly simulated?: string;
  /**
   * No answer at all, where the runtime can do that: the connection stays open and silent, or is reset. The status is
   * what is told of it then.
   */
  readonly connection?: "silent" | "reset";
}

/** What goes out: the decision, or what came in its place. */
export type Answered = Decision & Pick<OtherAnswer, "passedOn" | "simulated" | "connection">;

/** `event` says what would be answered. */
export type BeforeAnswer = (event: DeliveryEvent, delivery: ReceivedDelivery) => Promise<OtherAnswer | undefined>;

/** Told about each delivery after it was answered. */
export type OnDelivery = (event: DeliveryEvent, delivery: ReceivedDelivery) => void;

function hookIdInHeaders(headers: HeaderLookup): string | null {
  const prefix = findHeaderPrefix(headers.keys());
  return prefix === undefined ? null : (headers.get(`${prefix}hook-id`) ?? null);
}

let lastMs = Number.NaN;
let lastText = "";

/** Under load dozens of requests share a millisecond, and writing a date costs as much as comparing a secret. */
function isoTime(ms: number): string {
  if (ms !== lastMs) {
    lastMs = ms;
    lastText = new Date(ms).toISOString();
  }
  return lastText;
}

/** Builds the event; `headers` is undefined when a request's head never arrived whole. */
export function deliveryEvent(
  decision: Decision,
  context: {
    readonly atMs: number;
    readonly bytes: number;
    readonly redelivery: boolean;
    readonly headers?: HeaderLookup;
  },
): DeliveryEvent {
  const { verdict, status, reason } = decision;
  const hookId = verdict?.hookId ?? (context.headers === undefined ? null : hookIdInHeaders(context.headers));
  return {
    kind: "delivery",
    at: isoTime(context.atMs),
    status,
    ok: reason === undefined && verdict?.ok === true,
    event: verdict?.event ?? null,
    eventId: verdict?.eventId ?? null,
    hookId,
    dialect: verdict?.dialect ?? null,
    bytes: context.bytes,
    redelivery: context.redelivery,
    findings: verdict?.findings ?? [],
    ...(reason === undefined ? {} : { reason }),
  };
}

/** The event of a delivery that was answered otherwise than decided. */
export function answeredOtherwise(event: DeliveryEvent, { status, reason, simulated }: OtherAnswer): DeliveryEvent {
  if (simulated !== undefined) return { ...event, status, simulated };
  return { ...event, status, ok: event.ok && status < 300, ...(reason === undefined ? {} : { reason }) };
}
