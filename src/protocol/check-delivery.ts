// The verdict on one delivery: which dialect it speaks, and what it does differently from that dialect's servers.
import { detectDialect, type Detection, readAs } from "./detect-dialect.js";
import { type Dialect, dialectName } from "./dialect.js";
import type { EventSpec } from "./events.js";
import { findEventOf } from "./events-of-dialect.js";
import type { Finding } from "./finding.js";
import { type HeaderLookup, headerLookup, type HeaderSource } from "./header-lookup.js";
import { isObject, type Json } from "./json-object.js";
import { type Subject, subjectOf } from "./read-payload.js";
import { receivedAt } from "./zod-findings.js";

/** A delivery as it arrived. */
export interface DeliveryInput {
  /** Pairs, Node's `request.headers`, or the web's `Headers`; left out when only the body is known. */
  readonly headers?: HeaderSource | undefined;
  /** The parsed JSON body. */
  readonly body: unknown;
}

/** What a check says of one delivery. */
export interface Verdict {
  /** True when no finding is an error. */
  readonly ok: boolean;
  /** The event's type as sent, known or not; null when there is none. */
  readonly event: string | null;
  readonly eventId: string | null;
  readonly hookId: string | null;
  /** The narrowest dialect that fits, or the one asked for; null when nothing known comes near. */
  readonly dialect: string | null;
  /** `test-button` for what `i/webhooks/test` sends. */
  readonly origin: "event" | "test-button";
  readonly findings: readonly Finding[];
}

function stringOrNull(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

/** Any time before 1973 in milliseconds is one of this century in seconds. */
const earliestPlausibleMs = 100_000_000_000;

/** Formats that a type doesn't tell. */
function checkFormats(body: Json): Finding[] {
  const findings: Finding[] = [];
  const { createdAt, server } = body;
  const wrongFormat = (path: string, expected: string): void => {
    findings.push({
      code: "wrong-format",
      path,
      expected,
      received: receivedAt(body, [path], true),
      severity: "error",
    });
  };
  if (Number.isInteger(createdAt) && Math.abs(createdAt as number) < earliestPlausibleMs) {
    wrongFormat("createdAt", "milliseconds since the epoch, not seconds");
  }
  if (typeof server === "string" && !/^https?:\/\/[^/\s]+$/.test(server)) {
    wrongFormat("server", "an origin such as https://misskey.example, with no slash at the end");
  }
  return findings;
}

function checkEvent(event: EventSpec | undefined, body: Json, as: Dialect | undefined): Finding[] {
  if (typeof body["type"] !== "string") return [];
  const finding = (code: Finding["code"], expected: string, severity: Finding["severity"]): Finding[] => [
    { code, path: "type", expected, received: receivedAt(body, ["type"], true), severity },
  ];
  if (event === undefined) return finding("unknown-event", "an event that some server sends", "warning");
  if (!event.sent) return finding("never-sent", "an event that some server sends", "warning");
  return as !== undefined && findEventOf(as, body["type"]) === undefined
    ? finding("foreign-event", `an event of ${as.title}`, "error")
    : [];
}

function notAnObject(body: unknown): Verdict {
  const received = body === null ? "null" : Array.isArray(body) ? "array" : typeof body;
  const findings: Finding[] = [{ code: "not-an-object", path: "", expected: "object", received, severity: "error" }];
  return { ok: false, event: null, eventId: null, hookId: null, dialect: null, origin: "event", findings };
}

/** A payload nested deeper than the stack reaches (a reply to a reply, 10,000 times) is no payload of any server. */
function detectOrGiveUp(subject: Subject, headers: HeaderLookup | undefined, as: Dialect | undefined): Detection {
  try {
    return as ? readAs(subject, headers, as) : detectDialect(subject, headers);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const expected = "objects within objects no deeper than servers send";
    const received = "nested too deep to be checked";
    return { dialect: as, findings: [{ code: "wrong-value", path: "body", expected, received, severity: "error" }] };
  }
}

/**
 * Checks one delivery.
 *
 * With `as`, keys, types and headers are that dialect's, and every difference is a finding. Without it the dialect is
 * detected from headers and shape: the narrowest that fits is named, and only what no known server sends is an error.
 * Unknown keys are never a finding, since forks add keys.
 */
export function checkDelivery(input: DeliveryInput, options: { readonly as?: Dialect | undefined } = {}): Verdict {
  const { body } = input;
  if (!isObject(body)) return notAnObject(body);
  const subject = subjectOf(body, options.as);
  const headers = input.headers === undefined ? undefined : headerLookup(input.headers);
  const { dialect, findings } = detectOrGiveUp(subject, headers, options.as);
  const all = [
    ...checkEvent(subject.event, body, options.as),
    ...findings,
    ...("body" in body ? checkFormats(body) : []),
  ];
  if (subject.form) {
    all.push({
      code: "test-button",
      path: "",
      expected: "a real event",
      received: "a test delivery",
      severity: "info",
    });
  }
  return {
    ok: all.every(({ severity }) => severity !== "error"),
    event: stringOrNull(body["type"]),
    eventId: stringOrNull(body["eventId"]),
    hookId: stringOrNull(body["hookId"]),
    dialect: dialect === undefined ? null : dialectName(dialect),
    origin: subject.form ? "test-button" : "event",
    findings: all,
  };
}
