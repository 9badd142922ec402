// MisskeyIO: the Misskey of misskey.io, which calls itself Misskey and marks its version.
import type { Dialect } from "../dialect.js";
import { pickEvents } from "../events.js";
import type { PayloadDelta } from "../payload-tables.js";
import { misskey2025_1, misskey2025_4, moderatorEvents, reportEvents, userEvents } from "./misskey.js";
import { earlierChannel } from "./misskey-payloads.js";

const payload: PayloadDelta = {
  set: {
    UserDetailedNotMeOnly: { isLimited: "boolean", mutualLinkSections: "unknown[]" },
    Note: { replyUserId: "string|null" },
    Channel: earlierChannel,
  },
};
const testButton: PayloadDelta = {
  set: {
    UserLite: { avatarUrl: "string|null" },
    UserDetailedNotMeOnly: { "mutualLinkSections?": "unknown[]" },
    Note: { "replyUserId?": "string|null" },
  },
};

export const misskeyio: Dialect = {
  ...misskey2025_4,
  family: "misskeyio",
  since: "0",
  title: "MisskeyIO",
  source: "MisskeyIO 2025.4.1-mhq.13",
  software: { name: "misskey", versionMark: "-(mhq|io)\\b" },
  events: pickEvents(
    ...userEvents,
    "reportCreated",
    "reportResolved",
    "reportAutoResolved",
    ...reportEvents,
    ...moderatorEvents,
  ),
  payload,
  testButton,
  samplesOf: "misskeyio",
  avatars: { identicon: "account", files: "proxy-path" },
  writing: { ...misskey2025_4.writing, omits: { Note: ["hasPoll"] } },
  api: misskey2025_1.api,
  behaviour: {
    ...misskey2025_4.behaviour,
    server: "misskeyio@2025.4.1-mhq.13",
    accessDeniedStatus: 403,
    mergesSameNotes: true,
    countsAtOnce: true,
  },
};
