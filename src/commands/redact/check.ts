// redact --check: what is left of people, a line a place.
import { findRemains, type Remains, tellingTexts } from "../../captures/index.js";
import type { Outcome } from "../../errors.js";
import type { CommandContext } from "../command.js";
import { reportStyle } from "../output/style.js";
import { readRecordings } from "./read.js";
import type { RedactOptions } from "./rewrite.js";

const meanings: Readonly<Record<Remains["kind"], string>> = {
  address: "looks like an address of a person or a machine",
  token: "looks like a secret or a token",
  host: "is a host that isn't reserved for examples",
  original: "stands in the original as well",
};

/** @throws those of `readRecordings` */
export async function check(
  paths: readonly string[],
  options: RedactOptions,
  context: CommandContext,
): Promise<Outcome> {
  const { captures, against } = options;
  const originals = against === undefined ? [] : await readRecordings(against, undefined, context);
  const telling = new Set(originals.flatMap(({ recordings }) => recordings.flatMap((one) => [...tellingTexts(one)])));
  const style = reportStyle(context.colour.result);
  let count = 0;
  for (const { path: file, recordings } of await readRecordings(paths, captures, context)) {
    for (const [index, recording] of recordings.entries()) {
      for (const { path, kind } of findRemains(recording, telling)) {
        count += 1;
        const place = recordings.length === 1 ? file : `${file}:${index + 1}`;
        if (context.json) context.result(JSON.stringify({ file, recording: index + 1, path, kind }));
        else context.result(`${style.bad("✗")} ${style.safe(place, 200)}  ${style.safe(path, 200)} ${meanings[kind]}`);
      }
    }
  }
  if (!context.json && !context.quiet) context.note(count === 0 ? "Nothing is left." : `${count} places need a look.`);
  return count === 0 ? "done" : "fell-short";
}
