// Time and chance that a seed repeats: the same seed gives the same bytes, today and next year.
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** Where ids and times are drawn from. */
export interface Source {
  /** A number in [0, 1). */
  readonly random: () => number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** The moment at which every seeded sample happens: 2026-04-01T09:00:00.000Z. */
const seededNow = Date.UTC(2026, 3, 1, 9);

/** A 32-bit number from any text (FNV-1a), so that words can be seeds. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) value = Math.imul(value ^ byte, 0x01000193);
  return value >>> 0;
}

/** A source that depends on the seed alone; its clock stands still. */
export function seededSource(seed: string): Source {
  const generator = xoroshiro128plus(hash(seed));
  return { random: () => uniformFloat64(generator), now: () => seededNow };
}
