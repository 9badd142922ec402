// All endpoints that the sandbox has.
import { type Dialect, eventsOf } from "../../../protocol/index.js";
import type { Endpoint } from "../endpoint.js";
import { accountEndpoints } from "./account.js";
import { instanceEndpoints } from "./instance.js";
import { channelEndpoints } from "./channels.js";
import { driveEndpoints } from "./drive.js";
import { followingEndpoints } from "./following.js";
import { moderationEndpoints } from "./moderation.js";
import { notesEdit } from "./notes-edit.js";
import { noteEndpoints } from "./notes.js";
import { relationEndpoints } from "./relations.js";
import { reportRecipientEndpoints } from "./report-recipients.js";
import { systemWebhookEndpoints } from "./system-webhooks.js";
import { userEndpoints } from "./users.js";
import { webhookEndpoints } from "./webhooks.js";

/** The endpoints of a server of this dialect. */
export function endpointsOf(dialect: Dialect): Endpoint[] {
  return [
    ...instanceEndpoints,
    ...accountEndpoints,
    ...webhookEndpoints(dialect),
    ...(dialect.api.systemWebhooks ? [...systemWebhookEndpoints(dialect), ...reportRecipientEndpoints] : []),
    ...noteEndpoints,
    ...(eventsOf(dialect).some(({ name }) => name === "edited") ? [notesEdit] : []),
    ...channelEndpoints,
    ...driveEndpoints,
    ...followingEndpoints,
    ...relationEndpoints,
    ...userEndpoints,
    ...moderationEndpoints,
  ];
}
