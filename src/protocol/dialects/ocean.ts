// Ocean, known by its public documentation alone: what that doesn't say is assumed to be as in Misskey.
import type { Dialect } from "../dialect.js";
import { headersOf, sixKeys } from "./headers-and-envelopes.js";
import { misskey2025_4 } from "./misskey.js";

export const ocean: Dialect = {
  ...misskey2025_4,
  family: "ocean",
  since: "0",
  title: "Ocean",
  evidence: "documented",
  source: "Ocean's public documentation: six envelope keys, X-Ocean-Hook-Secret, seven events; the rest is assumed",
  software: { name: "ocean" },
  headers: headersOf("Ocean"),
  envelope: sixKeys,
  payload: null,
  testButton: null,
};
