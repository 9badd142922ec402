// Groundpolis, a descendant of Misskey 12. Headers and envelope read in its source, which sets no content type.
import type { Dialect } from "../dialect.js";
import { headersOf, textPlain } from "./headers-and-envelopes.js";
import { misskey12_110 } from "./misskey.js";

export const groundpolis: Dialect = {
  ...misskey12_110,
  family: "groundpolis",
  since: "0",
  title: "Groundpolis",
  evidence: "source",
  source: "Groundpolis, its source",
  software: { name: "groundpolis" },
  headers: { ...headersOf("Groundpolis"), contentType: textPlain },
  payload: null,
  ids: "aid",
};
