// Calckey, a descendant of Misskey 12. Headers, envelope and ids read in its source; its payloads were never seen.
import type { Dialect } from "../dialect.js";
import { headersOf } from "./headers-and-envelopes.js";
import { misskey12_110 } from "./misskey.js";

export const calckey: Dialect = {
  ...misskey12_110,
  family: "calckey",
  since: "0",
  title: "Calckey",
  evidence: "source",
  source: "Calckey, its source",
  software: { name: "calckey" },
  headers: headersOf("Calckey"),
  payload: null,
  ids: "aid",
};
