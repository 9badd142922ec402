// "misskey-hooks/sandbox": an instance in a box, to develop and test against.
import { en } from "../reporters/messages/en.js";
import { speak } from "../reporters/messages/index.js";

speak(en);

export { MisskeyHooksError } from "../errors.js";
export { createSandbox } from "../sandbox/index.js";
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
