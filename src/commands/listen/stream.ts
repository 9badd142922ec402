// listen --from-stream: no public URL, no hook. What the account's stream says goes through the receiver as if the
// webhook had come.
import { RefusedError } from "../../errors.js";
import { type ApiClient, detectSoftware } from "../../instance/index.js";
import { openAccountStream, type Source, type StartSource } from "../../pipeline/index.js";
import { type Dialect, resolveDialect } from "../../protocol/index.js";
import { loadWords } from "../../reporters/messages/index.js";
import { openInstance } from "../account/instance-access.js";
import type { CommandContext } from "../command.js";
import type { ListenFlags } from "./options.js";
import type { Setup } from "./setup.js";
import { StreamView } from "./stream-view.js";

/** The row that the instance works by, undefined when it doesn't say. */
async function dialectOf(api: ApiClient): Promise<Dialect | undefined> {
  try {
    return (await detectSoftware(api)).dialect;
  } catch (error) {
    if (error instanceof RefusedError) return undefined;
    throw error;
  }
}

/**
 * Connects, and resolves once it is connected.
 * @throws those of `openInstance` and `openAccountStream`
 */
export async function startStream(
  flags: ListenFlags,
  setup: Setup,
  context: CommandContext,
  channelOf: Parameters<StartSource>[0],
): Promise<Source> {
  const { rules, secrets } = setup;
  await loadWords();
  // The --timeout of listen is another one than that of calls.
  const { api, instance, token, network } = await openInstance({ ...flags, timeout: undefined }, context);
  const detected = await dialectOf(api);
  const dialect = rules.as ?? detected ?? resolveDialect("misskey");
  const [secret = ""] = secrets.accepted;
  const view = new StreamView(setup, instance, dialect, context);
  const { origin } = instance;
  return openAccountStream(
    {
      api,
      origin,
      token,
      network,
      rules,
      dialect,
      secret,
      tokenIn: detected?.api.streamToken,
      maxReconnects: flags.maxReconnects,
      signal: context.signal,
      now: () => context.now(),
      random: () => context.random(),
      onState: (state) => view.state(state),
    },
    channelOf("stream"),
  );
}
