// Campra, a descendant of Misskey 12. Headers and envelope read in its source, which sets no content type.
import type { Dialect } from "../dialect.js";
import { headersOf, textPlain } from "./headers-and-envelopes.js";
import { misskey12_110 } from "./misskey.js";

export const campra: Dialect = {
  ...misskey12_110,
  family: "campra",
  since: "0",
  title: "Campra",
  evidence: "source",
  source: "Campra, its source",
  software: { name: "campra" },
  headers: { ...headersOf("Campra"), contentType: textPlain },
  payload: null,
  ids: "aid",
};
