// Fedired, a descendant of Firefish. Headers, envelope and ids read in its source; its payloads were never seen.
import type { Dialect } from "../dialect.js";
import { headersOf } from "./headers-and-envelopes.js";
import { misskey12_110 } from "./misskey.js";

export const fedired: Dialect = {
  ...misskey12_110,
  family: "fedired",
  since: "0",
  title: "Fedired",
  evidence: "source",
  source: "Fedired, its source",
  software: { name: "fedired" },
  headers: headersOf("Fedired"),
  payload: null,
  ids: "cuid",
};
