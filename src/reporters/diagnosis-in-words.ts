// What doctor found, in words: for the lines of a person and for `doctor --json`, whose keys scripts rely on.
import type { Fact } from "./messages/fact.js";
import { en } from "./messages/en.js";
import { say } from "./messages/say.js";

/** The sentence, and the next step; null where there is none to take. Safe to show. */
export function diagnosisInWords({ code, params }: Fact): { readonly message: string; readonly hint: string | null } {
  const { message, hint = null } = say(en.diagnoses, code, params) ?? { message: code };
  return { message, hint };
}
