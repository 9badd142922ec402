// CherryPick: close to the present Misskey.
import type { Dialect } from "../dialect.js";
import { pickEvents } from "../events.js";
import type { PayloadDelta } from "../payload-tables.js";
import { misskey2025_4, moderatorEvents, reportEvents, userEvents } from "./misskey.js";
import { detailedOnly, misskeyOrder, userLite } from "./misskey-key-order.js";
import { earlierChannel } from "./misskey-payloads.js";

const payload: PayloadDelta = {
  set: {
    UserLite: { isLocked: "boolean", isProxy: "boolean" },
    Note: { hasDeliveryTargets: "boolean" },
    Channel: earlierChannel,
  },
};
const testButton: PayloadDelta = { set: { UserLite: { "isProxy?": "boolean" } } };
const order = { ...misskeyOrder, UserDetailedNotMe: [...new Set([...userLite, ...detailedOnly])] };

export const cherrypick: Dialect = {
  ...misskey2025_4,
  family: "cherrypick",
  since: "0",
  title: "CherryPick",
  source: "CherryPick 4.17.0",
  software: { name: "cherrypick" },
  events: pickEvents(...userEvents, ...reportEvents, ...moderatorEvents, "inactiveModeratorsDisablePublicNoteChanged"),
  payload,
  testButton,
  samplesOf: "cherrypick",
  writing: { ...misskey2025_4.writing, order, detailedReplies: true },
  behaviour: { ...misskey2025_4.behaviour, server: "cherrypick@4.17.0", realm: "CherryPick" },
};
