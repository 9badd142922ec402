// The endpoint of `listen`, whoever is told to deliver to it.
import type { EndpointOptions } from "../../pipeline/index.js";
import type { CommandContext } from "../command.js";
import type { ListenFlags } from "./options.js";
import { sayReady } from "./ready.js";
import { remarksOnHost } from "./remarks.js";
import type { Setup } from "./setup.js";

/** The endpoint that the options describe. */
export function endpointOptions({ port, host, path, maxBody }: ListenFlags, { rules }: Setup): EndpointOptions {
  return { rules, port, host, path, maxBodyBytes: maxBody };
}

/** Says that an endpoint is ready. */
export function sayEndpointReady(url: string, flags: ListenFlags, setup: Setup, context: CommandContext): void {
  sayReady({ ...setup, url, remarks: [...remarksOnHost(flags.host), ...setup.remarks] }, context);
}
