// Where `listen` gets its deliveries from: an endpoint of its own, a hook that delivers to it, or the stream of an account.
import { UsageError } from "../../errors.js";
import { openEndpoint, type StartSource, type Undo } from "../../pipeline/index.js";
import type { CommandContext } from "../command.js";
import { endpointOptions, noteSecret, sayEndpointReady } from "./endpoint.js";
import type { ListenFlags } from "./options.js";
import type { Setup } from "./setup.js";

/**
 * The source that the options ask for; each says that it is ready. What talks to others is loaded only when it is asked
 * for: its client takes as long as all the rest.
 * @throws UsageError `no-public-url`, `no-way-from-instance`
 */
export function chooseSource(flags: ListenFlags, setup: Setup, context: CommandContext): StartSource {
  const { fromStream, publicUrl, borrow } = flags;
  if (fromStream) {
    return async (channelOf) => (await import("./stream.js")).startStream(flags, setup, context, channelOf);
  }
  if (publicUrl !== undefined) {
    const borrowing = { ...flags, publicUrl };
    return async (channelOf) => (await import("./borrow.js")).startBorrowed(borrowing, setup, context, channelOf);
  }
  const ofInstance = (["instance", "profile", "tokenFile"] as const).find((name) => flags[name] !== undefined);
  if (borrow === undefined && ofInstance === undefined) {
    return async (channelOf) => {
      const prepare = ({ url }: { readonly url: string }): Promise<Undo> => noteSecret(url, setup, context);
      const endpoint = await openEndpoint({ ...endpointOptions(flags, setup), prepare }, channelOf("endpoint"));
      sayEndpointReady(endpoint.url, flags, setup, context);
      return endpoint;
    };
  }
  throw borrow === undefined ? new UsageError("no-way-from-instance") : new UsageError("no-public-url");
}
