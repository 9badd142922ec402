// The endpoint of `listen`, whoever is told to deliver to it.
import { noteListen } from "../../config/index.js";
import { MisskeyHooksError } from "../../errors.js";
import type { EndpointOptions, Undo } from "../../pipeline/index.js";
import { loadWords } from "../../reporters/messages/index.js";
import type { CommandContext } from "../command.js";
import { warn } from "../output/warn.js";
import type { ListenFlags } from "./options.js";
import { sayReady } from "./ready.js";
import { remarksOnHost } from "./remarks.js";
import type { Setup } from "./setup.js";

/** The endpoint that the options describe. */
export function endpointOptions({ port, host, path, maxBody }: ListenFlags, { rules }: Setup): EndpointOptions {
  return { rules, port, host, path, maxBodyBytes: maxBody };
}

/**
 * Leaves a note of a secret that was made up, for `send` and others on this machine. That it can't be left is a warning.
 * @returns what takes it away
 */
export async function noteSecret(url: string, { secrets }: Setup, context: CommandContext): Promise<Undo> {
  if (secrets.generated === undefined) return () => Promise.resolve();
  const { env } = context;
  const notice = (text: string): void => warn(text, context);
  return noteListen(url, secrets.generated, { env, now: () => context.now(), notice }).catch(async (error: unknown) => {
    if (!(error instanceof MisskeyHooksError)) throw error;
    await loadWords();
    warn(`\`send\` on this machine won't know this run's secret by itself: ${error.message}`, context);
    return () => Promise.resolve();
  });
}

/** Says that an endpoint is ready. */
export function sayEndpointReady(url: string, flags: ListenFlags, setup: Setup, context: CommandContext): void {
  sayReady({ ...setup, url, remarks: [...remarksOnHost(flags.host), ...setup.remarks] }, context);
}
