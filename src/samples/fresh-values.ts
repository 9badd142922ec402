// Makes a sample happen now: what is recent in the file becomes recent in the sample, what is older (accounts, hooks,
// channels) stays the same, so that alice is the same alice in every delivery.
import { type IdForm, makeId, timeOfId } from "../protocol/index.js";
import type { FixtureEnvelope } from "./fixture-files.js";
import type { Source } from "./seeded-source.js";

/** Ids of the files: Misskey's `aidx`, i.e. eight characters of time, four of the node, four of a counter. */
const fixtureId = /\b([0-9a-z]{8})(h4k2|x0p1)([0-9a-z]{4})\b/g;
const isoDate = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
/** What lies within this span of the file's event belongs to the event. */
const recentMs = 30 * 24 * 3_600_000;

/** A UUIDv4 from the given source of chance. */
function freshUuid(random: Source["random"]): string {
  const digits = Array.from({ length: 32 }, () => Math.floor(random() * 16));
  digits[12] = 4;
  digits[16] = 8 + ((digits[16] ?? 0) & 3);
  const hex = digits.map((digit) => digit.toString(16)).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** Every string of a value, object keys left alone, replaced by what `replace` makes of it. */
export function mapStrings(value: unknown, replace: (text: string) => string): unknown {
  if (typeof value === "string") return replace(value);
  if (Array.isArray(value)) return value.map((entry) => mapStrings(entry, replace));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, mapStrings(entry, replace)]));
}

/** The envelope with a new eventId, `createdAt` now, and the ids and dates of the event moved along. */
export function happenNow(envelope: FixtureEnvelope, { random, now }: Source): FixtureEnvelope {
  const createdAt = Math.floor(now());
  const shiftMs = createdAt - envelope.createdAt;
  const isRecent = (ms: number): boolean => Math.abs(ms - envelope.createdAt) < recentMs;
  const renewed = new Map<string, string>();
  const renewId = (id: string, node: string): string => {
    const made = timeOfId(id);
    if (!isRecent(made)) return id;
    const counter = Math.floor(random() * 36 ** 4);
    const fresh = renewed.get(id) ?? makeId("aidx", made + shiftMs, Number.parseInt(node, 36), counter);
    renewed.set(id, fresh);
    return fresh;
  };
  const renew = (text: string): string => {
    if (!isoDate.test(text))
      return text.replace(fixtureId, (id: string, _time: string, node: string) => renewId(id, node));
    const ms = Date.parse(text);
    return isRecent(ms) ? new Date(ms + shiftMs).toISOString() : text;
  };
  return {
    ...envelope,
    eventId: freshUuid(random),
    createdAt,
    body: mapStrings(envelope.body, renew) as FixtureEnvelope["body"],
  };
}

/** The value with ids of the kind that a server makes in the place of the files' `aidx` ones. */
export function formIds<Value>(value: Value, form: IdForm): Value {
  if (form === "aidx" || form === "cuid") return value;
  return mapStrings(value, (text) =>
    text.replace(fixtureId, (id: string, _time: string, node: string, counter: string) =>
      makeId(form, timeOfId(id), Number.parseInt(node, 36), Number.parseInt(counter, 36)),
    ),
  ) as Value;
}
