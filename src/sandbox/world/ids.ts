// The ids of an instance, in the form that its servers make them.
import { type IdForm, makeId } from "../../protocol/index.js";

/**
 * A maker of ids.
 * @param now milliseconds since the epoch
 * @param random a number in [0, 1)
 */
export function createIds(form: IdForm, now: () => number, random: () => number): () => string {
  let counter = 0;
  const node = Math.floor(random() * 36 ** 4);
  return () => makeId(form, now(), node, counter++);
}
