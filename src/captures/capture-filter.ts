// Which captures are meant: by time, event, sender, answer, findings, and by an expression.
import { headerLookup } from "../protocol/index.js";
import type { Query, QuerySubject } from "../query/index.js";
import { capturesNewestFirst, type FoundCapture } from "./read-store.js";
import type { NewCapture, StoredCapture } from "./stored-capture.js";

/** All that is given has to hold; what is undefined doesn't matter. */
export interface CaptureFilter {
  /** Arrived then or later; milliseconds since the epoch. */
  readonly sinceMs?: number | undefined;
  /** Arrived then or earlier. */
  readonly untilMs?: number | undefined;
  /** One of these. */
  readonly events?: readonly string[] | undefined;
  /** Whoever caused it, as `alice`, `@alice` or `alice@example.com`. */
  readonly from?: string | undefined;
  /** One of these, as `204` or `4xx`. */
  readonly statuses?: readonly string[] | undefined;
  /** Something was found, of whatever severity. */
  readonly withFindings?: boolean | undefined;
  /** No place that it was handed on to answered 2xx. */
  readonly unforwarded?: boolean | undefined;
  readonly where?: Query | undefined;
}

type Json = Readonly<Record<string, unknown>>;

function objectOr(value: unknown): Json {
  return typeof value === "object" && value !== null ? (value as Json) : {};
}

/** The JSON value of a capture's body; undefined when it has none. */
export function payloadOf({ delivery }: Pick<StoredCapture, "delivery">): unknown {
  try {
    return JSON.parse(Buffer.from(delivery.body).toString("utf8"));
  } catch {
    return undefined;
  }
}

/** What an expression can ask of a delivery and what is known of it. `payload` is its body's JSON value. */
export function querySubject(
  { facts, delivery }: Pick<NewCapture, "facts" | "delivery">,
  payload: unknown,
): QuerySubject {
  const envelope = objectOr(payload);
  return {
    ...facts,
    bytes: delivery.body.length,
    findings: facts.findings.map(({ code }) => code),
    method: delivery.method,
    path: delivery.path,
    headers: Object.fromEntries(headerLookup(delivery.headers)),
    server: envelope["server"],
    userId: envelope["userId"],
    body: "body" in envelope ? envelope["body"] : payload,
  };
}

/** Who caused the event; undefined when the payload names nobody. */
export function senderOf(payload: unknown): { readonly username: string; readonly host: string | null } | undefined {
  const envelope = objectOr(payload);
  const body = objectOr(envelope["body"] ?? payload);
  const users = [objectOr(body["note"])["user"], body["user"], body["reporter"], body["sender"], payload && body];
  for (const user of users) {
    const { username, host } = objectOr(user);
    if (typeof username === "string") return { username, host: typeof host === "string" ? host : null };
  }
  return undefined;
}

function isFrom(capture: StoredCapture, from: string): boolean {
  const [username = "", host] = from.toLowerCase().replace(/^@/, "").split("@");
  const sender = senderOf(payloadOf(capture));
  if (sender?.username.toLowerCase() !== username) return false;
  return host === undefined || sender.host?.toLowerCase() === host;
}

function hasStatus(status: number | null, wanted: string): boolean {
  if (status === null) return false;
  return /^\dxx$/i.test(wanted) ? Math.floor(status / 100) === Number(wanted[0]) : status === Number(wanted);
}

function wasForwarded({ forwards }: StoredCapture): boolean {
  return forwards.some(({ status }) => status !== null && status >= 200 && status < 300);
}

/** Whether the filter means this capture. */
export function isMeant(capture: StoredCapture, filter: CaptureFilter): boolean {
  const { sinceMs, untilMs, events, from, statuses, withFindings, unforwarded, where } = filter;
  const { facts, at } = capture;
  const atMs = Date.parse(at);
  if (sinceMs !== undefined && !(atMs >= sinceMs)) return false;
  if (untilMs !== undefined && !(atMs <= untilMs)) return false;
  if (events !== undefined && !events.includes(facts.event ?? "")) return false;
  if (statuses?.some((wanted) => hasStatus(facts.status, wanted)) === false) return false;
  if (withFindings && facts.findings.length === 0) return false;
  if (unforwarded && wasForwarded(capture)) return false;
  if (from !== undefined && !isFrom(capture, from)) return false;
  return where === undefined || where(querySubject(capture, payloadOf(capture)));
}

/**
 * The captures that are meant, the newest first. It stops at what is too old, and needn't be read to its end.
 * @throws those of `readStoreKey`
 */
export function* selectCaptures(folder: string, filter: CaptureFilter): Generator<FoundCapture, void, void> {
  for (const found of capturesNewestFirst(folder)) {
    if (filter.sinceMs !== undefined && Date.parse(found.capture.at) < filter.sinceMs) return;
    if (isMeant(found.capture, filter)) yield found;
  }
}
