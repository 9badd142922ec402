// sandbox/: an instance in a box, faithful enough to develop a bot against.
export type { Actor, ActorHook, ActorNote, NoteRef, SandboxUser } from "./actor.js";
export { createSandbox } from "./sandbox.js";
export type { Sandbox, SandboxDelivery, SandboxEvent, SandboxOptions } from "./contract.js";
export type { RequestEvent as SandboxRequest } from "./server.js";
