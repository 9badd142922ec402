// What misskey@2024.9.0 answered to `meta`, `i` and nodeinfo: what 2024.10.1 answers, but for its version, a captcha that
// came later, and the order of `i`.
import type { Payload } from "../../world/occurrence.js";
import type { Templates } from "../template.js";
import { templates as later } from "./misskey-2024-10-1.js";

const version = "2024.9.0";
const { enableTestcaptcha: _, ...meta } = later.meta;

function nodeinfoOf(document: Payload): Payload {
  return { ...document, software: { ...(document["software"] as Payload), version } };
}

/** With `roles` and `memo` behind `securityKeys`. */
function reorder({ roles, memo, ...account }: Payload): Payload {
  const entries = Object.entries(account);
  const place = entries.findIndex(([key]) => key === "securityKeys") + 1;
  return Object.fromEntries(entries.toSpliced(place, 0, ["roles", roles], ["memo", memo]));
}

export const templates: Templates = {
  ...later,
  meta: { ...meta, version },
  nodeinfo: nodeinfoOf(later.nodeinfo),
  nodeinfo21: later.nodeinfo21 && nodeinfoOf(later.nodeinfo21),
  i: reorder(later.i),
};
