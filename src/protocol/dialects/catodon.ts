// Catodon, a descendant of Firefish. Headers, envelope and ids read in its source; its payloads were never seen.
import type { Dialect } from "../dialect.js";
import { headersOf } from "./headers-and-envelopes.js";
import { misskey12_110 } from "./misskey.js";

export const catodon: Dialect = {
  ...misskey12_110,
  family: "catodon",
  since: "0",
  title: "Catodon",
  evidence: "source",
  source: "Catodon, its source",
  software: { name: "catodon" },
  headers: headersOf("Catodon"),
  payload: null,
  ids: "cuid",
};
