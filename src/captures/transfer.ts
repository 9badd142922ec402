// Captures into and out of a store: all of a file into it, all that is meant out of it, in the order they came.
import { captureIdOf, isWholeId } from "./capture-id.js";
import { readCaptureLine } from "./capture-line.js";
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

function captureOf({ text, judge }: ImportedRecording): StoredCapture | undefined {
  const recording = JSON.parse(text) as Readonly<Record<string, unknown>>;
  const known = recording["id"];
  const id = typeof known === "string" && isWholeId(known) ? known : captureIdOf(text);
  const { body } = recording;
  const bodyRaw = recording["bodyRaw"] ?? (typeof body === "string" ? body : JSON.stringify(body));
  const rawHeaders = recording["rawHeaders"] ?? Object.entries(recording["headers"] ?? {}).flat();
  const line = readCaptureLine(JSON.stringify({ ...recording, id, bodyRaw, rawHeaders }));
  if (line?.kind !== "capture") return undefined;
  const { capture } = line;
  return recording["capture"] === undefined ? { ...capture, facts: judge(capture) } : capture;
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
    const captures = recordings.flatMap((recording) => captureOf(recording) ?? []);
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
