// The dispatcher for those who rarely need one: undici as a whole takes 44 ms to load.
import type { Dispatcher } from "undici";
import type { ConnectionLimits } from "./dispatcher.js";
import type { Network } from "./network.js";

/** As `createDispatcher`, which it loads first. */
export async function lateDispatcher(
  origin: string,
  network: Network,
  limits: ConnectionLimits = {},
): Promise<Dispatcher> {
  const { createDispatcher } = await import("./dispatcher.js");
  return createDispatcher(origin, network, limits);
}
