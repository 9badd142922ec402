// The sandbox for those who may not need it: its server takes longer to load than all the rest.
import type { Sandbox, SandboxOptions } from "../sandbox/index.js";

/**
 * Starts a sandbox: an instance in a box, on a free port of this machine.
 * @throws UsageError, LocalError as `createSandbox` of "misskey-hooks/sandbox"
 */
export async function createSandbox(options?: SandboxOptions): Promise<Sandbox> {
  const sandbox = await import("../sandbox/index.js");
  return sandbox.createSandbox(options);
}
