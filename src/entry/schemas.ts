// "misskey-hooks/schemas": what is known of deliveries, as data: JSON Schemas, events, dialects, and the codes of findings.
import { en } from "../reporters/messages/en.js";
import { speak } from "../reporters/messages/index.js";

speak(en);

export { MisskeyHooksError } from "../errors.js";
export { dialectName, dialects, events, findingCodes, jsonSchemaOf, resolveDialect } from "../protocol/index.js";
export type {
  AbuseReport,
  Dialect,
  DriveFile,
  Envelope,
  EventName,
  EventSpec,
  Finding,
  FindingCode,
  Note,
  Poll,
  Severity,
  UserDetailedNotMe,
  UserLite,
} from "../protocol/index.js";
