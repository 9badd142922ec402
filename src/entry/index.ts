// "misskey-hooks": what a program needs to read, judge and receive deliveries. What is heavy loads when it is called.
import { en } from "../reporters/messages/en.js";
import { speak } from "../reporters/messages/index.js";

speak(en);

export { MisskeyHooksError } from "../errors.js";
export type { ErrorDetails, Outcome } from "../errors.js";
export {
  checkDelivery,
  dialectName,
  dialects,
  events,
  findingCodes,
  headerMap,
  resolveDialect,
} from "../protocol/index.js";
export type {
  AbuseReport,
  DeliveryInput,
  Dialect,
  DriveFile,
  Envelope,
  EventName,
  EventSpec,
  Finding,
  FindingCode,
  HeaderMap,
  HeaderPair,
  HeaderSource,
  Note,
  Poll,
  Severity,
  UserDetailedNotMe,
  UserLite,
  Verdict,
  WireDelivery,
} from "../protocol/index.js";
export { createHandler, createReceiver, createWebHandler } from "../receiver/index.js";
export type {
  DeliveryEvent,
  HandlerOptions,
  OnDelivery,
  OnRequest,
  ReceivedDelivery,
  ReceivedRequest,
  Receiver,
  ReceiverAddress,
  ReceiverOptions,
} from "../receiver/index.js";
export { buildSample, listSamples } from "../samples/index.js";
export type { Sample, SampleInfo, SampleRequest } from "../samples/index.js";
export { createSandbox } from "./late-sandbox.js";
export type {
  Actor,
  ActorHook,
  ActorNote,
  NoteRef,
  PendingDelivery,
  Sandbox,
  SandboxDelivery,
  SandboxEvent,
  SandboxOptions,
  SandboxQueue,
  SandboxRequest,
  SandboxUser,
} from "../sandbox/index.js";
