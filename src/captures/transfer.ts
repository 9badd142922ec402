// Captures into and out of a store: all of a file into it, all that is meant out of it, in the order they came.
import { isTooDeep } from "../parse-json.js";
import { captureIdOf, isWholeId } from "./capture-id.js";
import { captureOfLine } from "./capture-line.js";
import { CaptureWriter, type CaptureWriterOptions } from "./capture-writer.js";
import { type CaptureFilter, selectCaptures } from "./capture-filter.js";
import { captureAt, capturesNewestFirst, type FoundCapture } from "./read-store.js";
import type { CaptureFacts, StoredCapture } from "./stored-capture.js";

/**
 * The captures that are meant, in the order they came: the latest `limit` of them, all without one. Bodies are read
 * when their turn comes, so that a large store needs no memory.
 * @throws those of `readStoreKey`
 */
export function* capturesInOrder(
  folder: string,
  filter: CaptureFilter = {},
  limit: number = Number.POSITIVE_INFINITY,
): Generator<StoredCapture, void, void> {
  const places: (Pick<FoundCapture, "place"> & Pick<StoredCapture, "forwards" | "facts">)[] = [];
  for (const { place, capture } of selectCaptures(folder, filter)) {
    if (places.length >= limit) break;
    places.push({ place, forwards: capture.forwards, facts: capture.facts });
  }
  for (const { place, ...noted } of places.toReversed()) {
    const capture = captureAt(place);
    if (capture !== undefined) yield { ...capture, ...noted };
  }
}

function isRecording(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isTooDeep(value);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * The recordings in a text: one JSON object, or one a line. What a store notes about captures is passed over, unless
 * `withUpdates` is set.
 * @returns the number of the line that is none, where there is one
 */
export function splitRecordings(
  text: string,
  { withUpdates = false }: { readonly withUpdates?: boolean } = {},
): string[] | number {
  if (isRecording(parse(text))) return [text];
  const texts: string[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    if (line.trim() === "" || (!withUpdates && line.startsWith('{"captureUpdate":'))) continue;
    if (!isRecording(parse(line))) return index + 1;
    texts.push(line);
  }
  return texts;
}

/** What an import came to. */
export interface ImportCounts {
  readonly imported: number;
  /** They were there already. */
  readonly known: number;
  /** They couldn't be kept. */
  readonly lost: number;
}

/** A recording to import. */
export interface ImportedRecording {
  /** As `writeCapture` writes it, or a recording that was never in a store. */
  readonly text: string;
  /** What the receiver would make of it, for a recording that doesn't say. */
  readonly judge: (capture: StoredCapture) => CaptureFacts;
}

/** A recording as `splitRecordings` gives them; what it doesn't say of the receiver is null. */
export function recordingAsCapture(text: string): StoredCapture {
  const recording = JSON.parse(text) as Readonly<Record<string, unknown>>;
  const known = recording["id"];
  const id = typeof known === "string" && isWholeId(known) ? known : captureIdOf(text);
  const { body } = recording;
  const hasHeaders = "rawHeaders" in recording || "headers" in recording;
  // An envelope of its own is the body itself.
  const sent = hasHeaders ? (typeof body === "string" ? body : JSON.stringify(body ?? null)) : text;
  const bodyRaw = typeof recording["bodyRaw"] === "string" ? recording["bodyRaw"] : sent;
  const rawHeaders = recording["rawHeaders"] ?? Object.entries(recording["headers"] ?? {}).flat();
  return captureOfLine({ ...recording, id, bodyRaw, rawHeaders }, id, bodyRaw);
}

function judged({ text, judge }: ImportedRecording): StoredCapture {
  const capture = recordingAsCapture(text);
  return "capture" in (JSON.parse(text) as object) ? capture : { ...capture, facts: judge(capture) };
}

/**
 * Adds recordings to a store; those of an id that is there already are passed over. Their secrets are covered.
 * @throws LocalError of `prepareStore`
 */
export async function importCaptures(
  folder: string,
  recordings: readonly ImportedRecording[],
  options: CaptureWriterOptions = {},
): Promise<ImportCounts> {
  const writer = new CaptureWriter(folder, { ...options, apart: true });
  try {
    const known = new Set<string>();
    for (const { capture } of capturesNewestFirst(folder)) known.add(capture.id);
    const captures = recordings.map(judged);
    let doubles = 0;
    for (const capture of captures.toSorted((a, b) => (Date.parse(a.at) || 0) - (Date.parse(b.at) || 0))) {
      if (known.has(capture.id)) doubles += 1;
      else writer.append(capture);
      known.add(capture.id);
    }
    const { kept, lost } = writer.counts;
    return { imported: kept, known: doubles, lost };
  } finally {
    await writer.close();
  }
}
