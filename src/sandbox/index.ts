// sandbox/: an instance in a box, faithful enough to develop a bot against.
export type { Actor, ActorHook, ActorNote, NoteRef, SandboxUser } from "./actor.js";
export { createSandbox } from "./sandbox.js";
export { runScript } from "./script/script.js";
export type { ScriptAction } from "./script/script.js";
export type {
  PendingDelivery,
  RequestEvent as SandboxRequest,
  Sandbox,
  SandboxDelivery,
  SandboxEvent,
  SandboxOptions,
  SandboxQueue,
} from "./contract.js";
