// Findings turned into words, in this one place.
import type { Finding } from "../protocol/index.js";
import { en } from "./messages/en.js";

/** One sentence for a person: `body.note.text is missing: expected string|null`. Not yet safe for a terminal. */
export function describeFinding({ code, ...said }: Finding): string {
  return en.findings[code](said);
}
