// All endpoints that the sandbox has.
import type { Dialect } from "../../../protocol/index.js";
import type { Endpoint } from "../endpoint.js";
import { accountEndpoints } from "./account.js";
import { instanceEndpoints } from "./instance.js";
import { userEventTypes, webhookEndpoints } from "./webhooks.js";

/** The endpoints of a server of this dialect. */
export function endpointsOf(dialect: Dialect, version: string): Endpoint[] {
  return [...instanceEndpoints(version), ...accountEndpoints, ...webhookEndpoints(userEventTypes(dialect.family))];
}
