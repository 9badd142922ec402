// protocol/: what a Misskey server puts on the wire. Pure: no I/O, no clock, no chance.
export { delayBeforeAttempt, latestStatusOf, outcomeOf } from "./delivery-policy.js";
export type { AttemptOutcome, AttemptResult } from "./delivery-policy.js";
export { dialectName } from "./dialect.js";
export type { ApiRules, DeliveryPolicy, Dialect, EnvelopeKey, Evidence, StreamTokenPlace } from "./dialect.js";
export { dialects, presentDialect } from "./dialects/index.js";
export { events, findEvent } from "./events.js";
export { eventsOf, familiesAlone, findEventOf } from "./events-of-dialect.js";
export { idForms, makeId, timeOfId } from "./ids.js";
export type { IdForm } from "./ids.js";
export type { ServerBehaviour } from "./server-behaviour.js";
export type { OrderedObject, Writing } from "./writing.js";
export type { BodyKind, EventName, EventSpec } from "./events.js";
export { findHeaderPrefix, hookHeaderNames, requestHeaders } from "./headers.js";
export type { HeaderValues } from "./headers.js";
export { hideNote, noteForVisitors } from "./hidden-note.js";
export { isObject } from "./json-object.js";
export { jsonSchemaOf } from "./json-schema.js";
export type { Json } from "./json-object.js";
export { mediaTypeOf } from "./media-type.js";
export { shorten } from "./shorten.js";
export { dialectOfSoftware, laterThanKnown, resolveDialect } from "./resolve-dialect.js";
export { secretOnTheWire, secretTrouble } from "./secret.js";
export type { SecretTrouble } from "./secret.js";
export { parseDialectFile } from "./dialect-file.js";
export { buildEnvelope } from "./envelope.js";
export type { EnvelopeValues } from "./envelope.js";
export type { Finding, Severity } from "./finding.js";
export { findingCodes } from "./finding-codes.js";
export type { FindingCode, FindingCodeInfo } from "./finding-codes.js";
export { checkDelivery } from "./check-delivery.js";
export type { DeliveryInput, Verdict } from "./check-delivery.js";
export { headerLookup, headerMap, headerPairs } from "./header-lookup.js";
export type { HeaderLookup, HeaderMap, HeaderSource } from "./header-lookup.js";
export { resolveTables, tablesOf } from "./tables-of-dialect.js";
export type { DialectTables, KeySpec, KeyTable } from "./tables-of-dialect.js";
export type {
  AbuseReport,
  DriveFile,
  Envelope,
  EventBodies,
  Note,
  Poll,
  UserDetailedNotMe,
  UserLite,
} from "./payload-types.js";
export { transportHeaders } from "./transport-headers.js";
export { deliveryTo } from "./wire-delivery.js";
export type { HeaderPair, WireDelivery } from "./wire-delivery.js";
