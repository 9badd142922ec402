// Which calls to the sink speak of what was delivered: a word of the note, its id, who wrote it. A call that doesn't may be
// a note of warning to the owner, or come from a handler that reads the wrong place.
import type { Outbound } from "./outbound.js";

function strings(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(strings) : [];
}

/** A call's text in every form that it may be written in. */
function forms(call: string): string[] {
  const read = [call];
  const [, body = ""] = /^[^\n]*\n([^]*)$/.exec(call) ?? [];
  try {
    read.push(...strings(JSON.parse(body)));
  } catch {
    // not JSON
  }
  try {
    read.push(decodeURIComponent(call.replaceAll("+", " ")));
  } catch {
    // not URL-encoded
  }
  return read;
}

/** Counts the calls so far that speak of what was delivered so far. */
export function spokenCalls({ calls }: Outbound, words: ReadonlySet<string>): () => number {
  let seen = 0;
  let spoken = 0;
  return () => {
    for (const call of calls().slice(seen)) {
      seen++;
      const texts = forms(call);
      if ([...words].some((word) => texts.some((text) => text.includes(word)))) spoken++;
    }
    return spoken;
  };
}
