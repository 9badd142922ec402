// Times as they stand in payloads.

/** ISO 8601 with milliseconds: `2026-11-21T23:34:05.891Z`. */
export function isoTime(epochMs: number): string {
  return new Date(epochMs).toISOString();
}

/** The same, null staying null. */
export function isoTimeOrNull(epochMs: number | null): string | null {
  return epochMs === null ? null : isoTime(epochMs);
}
