// Firefish, a descendant of Misskey 12. Headers, envelope and ids read in its source; its payloads were never seen.
import type { Dialect } from "../dialect.js";
import { headersOf } from "./headers-and-envelopes.js";
import { misskey12_110 } from "./misskey.js";

export const firefish: Dialect = {
  ...misskey12_110,
  family: "firefish",
  since: "0",
  title: "Firefish",
  evidence: "source",
  source: "Firefish, its source",
  software: { name: "firefish" },
  headers: headersOf("Firefish"),
  payload: null,
  ids: "cuid",
};
