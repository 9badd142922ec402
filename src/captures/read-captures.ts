// What a file of deliveries holds: an envelope, a recording with headers, or one of either a line.
import { isUtf8 } from "node:buffer";
import { isDeepStrictEqual } from "node:util";
import { type Finding, type HeaderPair, headerPairs, isObject } from "../protocol/index.js";
import { parseJson } from "../parse-json.js";

/** One delivery as a file has it. */
export interface Capture {
  /** The file's name, with `:line` behind it where each line is a delivery. */
  readonly source: string;
  /** undefined when only the body was kept. */
  readonly headers: readonly HeaderPair[] | undefined;
  /** The body's JSON value; undefined when it isn't JSON, which `problems` then says. */
  readonly payload: unknown;
  /** What is wrong with the capture itself. */
  readonly problems: readonly Finding[];
}

type Json = Readonly<Record<string, unknown>>;

function parse(text: string): { readonly value: unknown } | { readonly error: string } {
  try {
    return { value: parseJson(text) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

function notJson(received: string): Finding {
  return { code: "not-json", path: "", expected: "a JSON object", received: received.slice(0, 120), severity: "error" };
}

function notUtf8(): Finding {
  return notJson("bytes that are not valid UTF-8");
}

/** Headers as recorders write them: a flat list, a list of pairs, or an object. */
function readHeaders(value: unknown): HeaderPair[] | undefined {
  if (Array.isArray(value)) return headerPairs(value.flat().map(String));
  if (!isObject(value)) return undefined;
  return Object.entries(value).map(([name, content]) => [name, String(Array.isArray(content) ? content[0] : content)]);
}

/** A recording has headers or the raw body next to its body; an envelope has neither. */
function isRecording(value: Json): boolean {
  const hasHeaders = Array.isArray(value["rawHeaders"]) || typeof value["headers"] === "object";
  return (hasHeaders && ("body" in value || "bodyRaw" in value)) || typeof value["bodyRaw"] === "string";
}

function readRecording(recording: Json, source: string): Capture {
  const headers = readHeaders(recording["rawHeaders"] ?? recording["headers"]);
  const { body, bodyRaw, bodyBase64 } = recording;
  // Kept beside a text only where the bytes are none.
  if (typeof bodyBase64 === "string" && !isUtf8(Buffer.from(bodyBase64, "base64"))) {
    return { source, headers, payload: undefined, problems: [notUtf8()] };
  }
  const text = typeof bodyRaw === "string" ? bodyRaw : typeof body === "string" ? body : undefined;
  if (text === undefined) return { source, headers, payload: body, problems: [] };
  const parsed = parse(text);
  if ("error" in parsed) return { source, headers, payload: undefined, problems: [notJson(parsed.error)] };
  const contradicts = isObject(body) && !isDeepStrictEqual(body, parsed.value);
  const mismatch: Finding = {
    code: "body-mismatch",
    path: "body",
    expected: "what bodyRaw says",
    received: "something else",
    severity: "error",
  };
  return { source, headers, payload: parsed.value, problems: contradicts ? [mismatch] : [] };
}

function readValue(value: unknown, source: string): Capture {
  if (isObject(value) && isRecording(value)) return readRecording(value, source);
  return { source, headers: undefined, payload: value, problems: [] };
}

/** What a store notes about an earlier line is no delivery. */
function isUpdate(value: unknown): boolean {
  return isObject(value) && typeof value["captureUpdate"] === "string";
}

/**
 * The deliveries in a text: one JSON value, or one a line (NDJSON; empty lines are skipped).
 * Text that is neither gives one capture whose problem says so. Never throws.
 * @param source what to call the text, usually a file's name
 */
export function readCaptures(text: string, source: string): Capture[] {
  const whole = parse(text);
  if ("value" in whole) return isUpdate(whole.value) ? [] : [readValue(whole.value, source)];
  const lines = text.split("\n").map((line, index) => ({ line: line.trim(), number: index + 1 }));
  const filled = lines.filter(({ line }) => line !== "");
  const isNdjson = filled.length > 1 && filled.some(({ line }) => "value" in parse(line));
  if (!isNdjson)
    return [
      {
        source,
        headers: undefined,
        payload: undefined,
        problems: [notJson(text.trim() === "" ? "empty" : whole.error)],
      },
    ];
  return filled.flatMap(({ line, number }): Capture[] => {
    const at = `${source}:${number}`;
    const parsed = parse(line);
    if ("error" in parsed)
      return [{ source: at, headers: undefined, payload: undefined, problems: [notJson(parsed.error)] }];
    return isUpdate(parsed.value) ? [] : [readValue(parsed.value, at)];
  });
}

/** The deliveries in a file's bytes, as `readCaptures`; bytes that aren't UTF-8 are no JSON, here as for a receiver. */
export function readCaptureBytes(content: Buffer, source: string): Capture[] {
  if (isUtf8(content)) return readCaptures(content.toString("utf8"), source);
  return [{ source, headers: undefined, payload: undefined, problems: [notUtf8()] }];
}
