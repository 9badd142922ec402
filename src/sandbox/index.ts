// sandbox/: an instance in a box, faithful enough to develop a bot against.
export { createSandbox } from "./sandbox.js";
export type { Sandbox, SandboxDelivery, SandboxEvent, SandboxOptions, SandboxUser } from "./sandbox.js";
export type { RequestEvent as SandboxRequest } from "./server.js";
