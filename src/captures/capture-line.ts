// A capture as a line of a store: a recording as fixtures/recorded/ has them, with what is known of it beside it.
// A line that begins with `captureUpdate` tells what became of an earlier one.
import { isUtf8 } from "node:buffer";
import { type HeaderPair, isObject, type Json } from "../protocol/index.js";
import type { CaptureAnswer, CaptureFacts, CaptureForward, StoredCapture } from "./stored-capture.js";

/** What a line of a store says. */
export type CaptureLine =
  | { readonly kind: "capture"; readonly at: string; readonly capture: StoredCapture }
  | { readonly kind: "forward"; readonly id: string; readonly at: string; readonly forward: CaptureForward }
  | { readonly kind: "answer"; readonly id: string; readonly at: string; readonly answer: CaptureAnswer };

/** The text of a capture, without the newline. Its id comes first, so that a store is searched without parsing it. */
export function writeCapture({ id, at, delivery, httpVersion, facts, covered, forwards }: StoredCapture): string {
  const { method, path, headers } = delivery;
  const body = Buffer.from(delivery.body.buffer, delivery.body.byteOffset, delivery.body.byteLength);
  return JSON.stringify({
    id,
    at,
    method,
    path,
    httpVersion,
    rawHeaders: headers.flat(),
    bodyBytes: body.length,
    capture: { ...facts, ...(covered && { covered }), ...(forwards.length > 0 && { forwards }) },
    bodyRaw: body.toString("utf8"),
    ...(isUtf8(body) ? {} : { bodyBase64: body.toString("base64") }),
  });
}

/** The text of an update, without the newline. */
export function writeForward(id: string, at: string, forward: CaptureForward): string {
  return JSON.stringify({ captureUpdate: id, at, forward });
}

/** The text of an update that tells of another answer. */
export function writeAnswer(id: string, at: string, answer: CaptureAnswer): string {
  return JSON.stringify({ captureUpdate: id, at, answer });
}

/** How the lines about a capture begin, for a search by a beginning of its id. */
export const lineStarts: readonly string[] = ['{"id":"', '{"captureUpdate":"'];

function textOr<Otherwise>(value: unknown, otherwise: Otherwise): string | Otherwise {
  return typeof value === "string" ? value : otherwise;
}

function pairsOf(rawHeaders: unknown): HeaderPair[] {
  const flat = Array.isArray(rawHeaders) ? rawHeaders.flat().map(String) : [];
  return Array.from({ length: Math.floor(flat.length / 2) }, (_, index) => [
    flat[index * 2] ?? "",
    flat[index * 2 + 1] ?? "",
  ]);
}

function readForward(value: unknown): CaptureForward[] {
  if (!isObject(value) || typeof value["url"] !== "string") return [];
  const { url, status, ms, error } = value;
  const why = typeof error === "string" ? { error } : {};
  return [{ url, status: typeof status === "number" ? status : null, ms: typeof ms === "number" ? ms : 0, ...why }];
}

function readUpdate(line: Json, id: string, at: string): CaptureLine | undefined {
  const { answer } = line;
  if (isObject(answer) && typeof answer["status"] === "number") {
    const reason = typeof answer["reason"] === "string" ? { reason: answer["reason"] } : {};
    const simulated = typeof answer["simulated"] === "string" ? { simulated: answer["simulated"] } : {};
    return { kind: "answer", id, at, answer: { status: answer["status"], ...reason, ...simulated } };
  }
  const [forward] = readForward(line["forward"]);
  return forward && { kind: "forward", id, at, forward };
}

const sources: readonly unknown[] = ["endpoint", "borrowed", "stream"] satisfies CaptureFacts["source"][];

function readFacts(value: unknown): CaptureFacts {
  const facts = isObject(value) ? value : {};
  const { status, reason, source, findings, simulated } = facts;
  return {
    status: typeof status === "number" ? status : null,
    ok: facts["ok"] === true,
    ...(typeof reason === "string" ? { reason } : {}),
    event: textOr(facts["event"], null),
    eventId: textOr(facts["eventId"], null),
    hookId: textOr(facts["hookId"], null),
    dialect: textOr(facts["dialect"], null),
    redelivery: facts["redelivery"] === true,
    findings: (Array.isArray(findings) ? findings.filter(isObject) : []) as unknown as CaptureFacts["findings"],
    source: sources.includes(source) ? (source as CaptureFacts["source"]) : "endpoint",
    ...(facts["synthesised"] === true ? { synthesised: true } : {}),
    ...(typeof simulated === "string" ? { simulated } : {}),
  };
}

/** What a line says; undefined for what is neither a capture nor about one. Never throws: files are strangers'. */
export function readCaptureLine(text: string): CaptureLine | undefined {
  let line: unknown;
  try {
    line = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(line)) return undefined;
  const at = textOr(line["at"], "");
  if (typeof line["captureUpdate"] === "string") {
    return readUpdate(line, line["captureUpdate"], at);
  }
  const { id, bodyRaw } = line;
  if (typeof id !== "string" || typeof bodyRaw !== "string") return undefined;
  return { kind: "capture", at, capture: captureOfLine(line, id, bodyRaw) };
}

/** What a recording says, as far as it is well formed. */
export function captureOfLine(line: Json, id: string, bodyRaw: string): StoredCapture {
  const { bodyBase64, capture } = line;
  const known = isObject(capture) ? capture : {};
  const forwards = Array.isArray(known["forwards"]) ? known["forwards"].flatMap(readForward) : [];
  return {
    id,
    at: textOr(line["at"], ""),
    httpVersion: textOr(line["httpVersion"], "1.1"),
    delivery: {
      method: textOr(line["method"], "POST"),
      path: textOr(line["path"], "/"),
      headers: pairsOf(line["rawHeaders"]),
      body: typeof bodyBase64 === "string" ? Buffer.from(bodyBase64, "base64") : Buffer.from(bodyRaw),
    },
    facts: readFacts(capture),
    ...(known["covered"] === true ? { covered: true } : {}),
    forwards,
  };
}
