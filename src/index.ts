// The public API: everything that a program may import from "misskey-hooks".
export { MisskeyHooksError } from "./errors.js";
export { createSandbox } from "./sandbox/index.js";
export type {
  Actor,
  ActorHook,
  ActorNote,
  NoteRef,
  Sandbox,
  SandboxDelivery,
  SandboxEvent,
  SandboxOptions,
  SandboxRequest,
  SandboxUser,
} from "./sandbox/index.js";
