// A file of ours that is damaged is kept, out of the way: it may hold what somebody misses.
import { rename } from "node:fs/promises";

/**
 * Gives the file another name beside it.
 * @param now milliseconds since the epoch
 * @returns its new path
 * @throws a plain system error
 */
export async function putAside(path: string, now: number): Promise<string> {
  const aside = `${path}.corrupt-${new Date(now).toISOString().replace(/[:.]/g, "-")}`;
  await rename(path, aside);
  return aside;
}
