// Nexkey, a descendant of Misskey 12. Headers and envelope read in its source; its payloads were never seen.
import type { Dialect } from "../dialect.js";
import { misskey12_110, misskey13_0, misskey13_11 } from "./misskey.js";

export const nexkey: Dialect = {
  ...misskey12_110,
  family: "nexkey",
  since: "0",
  title: "Nexkey",
  evidence: "source",
  source: "Nexkey, its source",
  software: { name: "nexkey" },
  headers: misskey13_11.headers,
  payload: null,
  policy: misskey13_11.policy,
  api: misskey13_11.api,
  behaviour: misskey13_0.behaviour,
};
