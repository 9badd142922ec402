// A recording with pseudonyms: its payload, its headers, and what is known of it.
import { isTooDeep } from "../../parse-json.js";
import { collectIds, redactValue } from "./redact-value.js";
import { redactPath, redactText, redactUrl } from "./redact-text.js";
import type { Pseudonyms } from "./pseudonyms.js";

type Json = Record<string, unknown>;

/** Headers that tell of a program, not of a person. */
const plainHeaders: ReadonlySet<string> = new Set([
  "accept",
  "accept-encoding",
  "accept-language",
  "connection",
  "content-type",
  "transfer-encoding",
  "user-agent",
]);

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return isTooDeep(value) ? undefined : value;
  } catch {
    return undefined;
  }
}

function redactHeader(name: string, value: string, bodyBytes: number, names: Pseudonyms): string {
  const header = name.toLowerCase();
  if (value === "" || plainHeaders.has(header)) return value;
  if (header === "content-length") return String(bodyBytes);
  if (header.endsWith("-hook-id")) return names.id(value);
  if (header === "host" || /^x-.*-host$/.test(header)) return names.host(value);
  if (/secret|token|authorization|cookie|key/.test(header)) return "<secret>";
  return redactText(value, names);
}

function redactHeaders(rawHeaders: unknown, bodyBytes: number, names: Pseudonyms): unknown {
  if (isObject(rawHeaders)) {
    return Object.fromEntries(
      Object.entries(rawHeaders).map(([name, value]) => [name, redactHeader(name, String(value), bodyBytes, names)]),
    );
  }
  if (!Array.isArray(rawHeaders)) return rawHeaders;
  if (Array.isArray(rawHeaders[0])) {
    return (rawHeaders as unknown[][]).map(([name, value]) => [
      name,
      redactHeader(String(name), String(value), bodyBytes, names),
    ]);
  }
  return rawHeaders.map((entry: unknown, index) =>
    index % 2 === 0 ? entry : redactHeader(String(rawHeaders[index - 1]), String(entry), bodyBytes, names),
  );
}

function redactForward(forward: unknown, names: Pseudonyms): unknown {
  if (!isObject(forward)) return forward;
  const { url, status, ms } = forward;
  return { url: redactUrl(String(url), names), status, ms };
}

/** What is known of it: ids are those of the payload, and the words of strangers go. */
function redactFacts(facts: Json, names: Pseudonyms): Json {
  const { reason: _, eventId, hookId, findings, forwards, ...rest } = facts;
  return {
    ...rest,
    eventId: typeof eventId === "string" ? names.id(eventId) : eventId,
    hookId: typeof hookId === "string" ? names.id(hookId) : hookId,
    findings: Array.isArray(findings)
      ? findings.filter(isObject).map((finding) => ({ ...finding, received: "redacted" }))
      : [],
    ...(Array.isArray(forwards) ? { forwards: forwards.map((forward) => redactForward(forward, names)) } : {}),
  };
}

function redactPayload(payload: unknown, names: Pseudonyms): unknown {
  const ids = new Set<string>();
  collectIds(payload, ids);
  return redactValue(payload, names, ids);
}

function redactUpdate(update: Json, names: Pseudonyms): Json {
  const { captureUpdate, at, forward, answer } = update;
  const status = isObject(answer) ? { answer: { status: answer["status"] } } : {};
  return {
    captureUpdate: names.id(String(captureUpdate)),
    at,
    ...(forward === undefined ? {} : { forward: redactForward(forward, names) }),
    ...status,
  };
}

/** A recording, an envelope, or what a store notes about one; keys keep their order. */
export function redactRecording(recording: unknown, names: Pseudonyms): unknown {
  if (!isObject(recording)) return redactPayload(recording, names);
  if (typeof recording["captureUpdate"] === "string") return redactUpdate(recording, names);
  if (!("rawHeaders" in recording || "headers" in recording || "bodyRaw" in recording)) {
    return redactPayload(recording, names);
  }
  const { bodyRaw, body } = recording;
  const text = typeof bodyRaw === "string" ? bodyRaw : typeof body === "string" ? body : undefined;
  const payload = text === undefined ? body : parse(text);
  const redacted = payload === undefined ? undefined : redactPayload(payload, names);
  // What isn't JSON is a text like another.
  const raw = redacted === undefined ? redactText(text ?? "", names) : JSON.stringify(redacted);
  const bodyBytes = Buffer.byteLength(raw);
  return Object.fromEntries(
    Object.entries(recording).flatMap(([key, value]): [string, unknown][] => {
      if (key === "bodyBase64") return [];
      if (key === "id") return [[key, names.id(String(value))]];
      if (key === "path") return [[key, redactPath(String(value), names)]];
      if (key === "rawHeaders" || key === "headers") return [[key, redactHeaders(value, bodyBytes, names)]];
      if (key === "bodyBytes") return [[key, bodyBytes]];
      if (key === "bodyRaw") return [[key, raw]];
      if (key === "body") return [[key, typeof value === "string" ? raw : redacted]];
      if (key === "capture") return [[key, isObject(value) ? redactFacts(value, names) : {}]];
      if (key === "at" || key === "method" || key === "httpVersion") return [[key, value]];
      return [[key, redactPayload(value, names)]];
    }),
  );
}
