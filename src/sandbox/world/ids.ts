// Ids as servers make them: they grow with time, so that sorting by id is sorting by age.

const epoch2000 = Date.UTC(2000, 0, 1);

function base36(value: number, length: number): string {
  return value.toString(36).padStart(length, "0").slice(-length);
}

/** `aidx` is Misskey's default since 2023.9 (16 characters), `aid` was it before (10 characters). */
export type IdMethod = "aidx" | "aid";

/**
 * A maker of ids: the time in base 36, then a counter; with `aidx` a few characters that tell servers apart between them.
 * @param now milliseconds since the epoch
 * @param random a number in [0, 1)
 * @param first how many ids were made before, so that a restarted server doesn't repeat one
 */
export function createIds(method: IdMethod, now: () => number, random: () => number, first = 0): () => string {
  let counter = first;
  const node = base36(Math.floor(random() * 36 ** 4), 4);
  return () => {
    const time = base36(Math.max(0, now() - epoch2000), 8);
    const count = counter++;
    return method === "aid" ? time + base36(count, 2) : time + node + base36(count, 4);
  };
}
