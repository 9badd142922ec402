// Barkle, a descendant of Misskey 12. Headers and envelope read in its source, which sets no content type.
import type { Dialect } from "../dialect.js";
import { headersOf, textPlain } from "./headers-and-envelopes.js";
import { misskey12_110 } from "./misskey.js";

export const barkle: Dialect = {
  ...misskey12_110,
  family: "barkle",
  since: "0",
  title: "Barkle",
  evidence: "source",
  source: "Barkle, its source",
  software: { name: "barkle" },
  headers: { ...headersOf("Barkle"), contentType: textPlain },
  payload: null,
  ids: "aid",
};
