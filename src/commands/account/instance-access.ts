// Which instance a command talks to, and as whom: how options, environment and profiles become a client.
import { stat } from "node:fs/promises";
import { platform } from "node:os";
import { resolve } from "node:path";
import { UsageError } from "../../errors.js";
import { type ApiClient, createApiClient, type InstanceUrl, Secret } from "../../instance/index.js";
import type { Network } from "../../network/index.js";
import { type ChosenAccount, chooseAccount, type TokenPlace } from "./choose-account.js";
import type { CommandContext } from "../command.js";
import { readInput } from "../options/inputs.js";
import type { InstanceOptions, NetworkOptions } from "./instance-options.js";
import { loadProfiles, loadProject } from "../options/settings.js";
import { readNetwork } from "../options/trust.js";
import { warn } from "../output/warn.js";

export { addInstanceOptions, addNetworkOptions } from "./instance-options.js";
export type { InstanceOptions, NetworkOptions } from "./instance-options.js";
export { readNetwork } from "../options/trust.js";

/** An instance ready to be called. */
export interface InstanceAccess {
  readonly api: ApiClient;
  readonly instance: InstanceUrl;
  /** For what isn't a call of the API: the stream. */
  readonly token: Secret;
  readonly network: Network;
  /** Where instance and token came from. */
  readonly chosen: ChosenAccount;
}

/** The longest wait that “not so fast” (429) may ask for without being an error. */
const longestWaitMs = 30_000;

/** A client for an instance, with a token or without. */
export function connect(
  instance: InstanceUrl,
  options: NetworkOptions & { readonly network: Network; readonly token?: string | undefined },
  context: CommandContext,
): ApiClient {
  return createApiClient({
    origin: instance.origin,
    token: options.token,
    timeoutMs: options.timeout,
    network: options.network,
    signal: context.signal,
    patience: {
      maxWaitMs: longestWaitMs,
      onWait: (ms) => warn(`${instance.host} is asked too often: waiting ${Math.ceil(ms / 1000)} s.`, context),
    },
  });
}

/**
 * The instance and the account that option, environment, project and profile name, in this order.
 * @throws UsageError `missing-settings`, `bad-token`, `unreadable-file` and those of `chooseAccount` and `readNetwork`
 */
export async function openInstance(options: InstanceOptions, context: CommandContext): Promise<InstanceAccess> {
  const profiles = await loadProfiles(context);
  const chosen = chooseAccount(options, context.env, await loadProject(context), profiles);
  if (chosen.instance === undefined || chosen.token === undefined) throw missingSettings(chosen);
  const { url: instance } = chosen.instance;
  if (instance.plainText) warn(`the token travels to ${instance.host} unencrypted, over http.`, context);
  const { token: place } = chosen;
  const token = place.kind === "profile" ? profiles.tokenOf(place.profile) : await readToken(place, context);
  const network = await readNetwork(options, context);
  const api = connect(instance, { ...options, network, token }, context);
  return { api, instance, token: new Secret(token), network, chosen };
}

function missingSettings({ instance, token }: ChosenAccount): UsageError {
  const missing = [
    ...(instance === undefined ? ["instance" as const] : []),
    ...(token === undefined ? ["token" as const] : []),
  ];
  return new UsageError("missing-settings", { missing, host: instance?.url.host });
}

/** Whether the text can be a token: one word of ASCII, whatever the server. */
export function isToken(text: string): boolean {
  return /^[\u0021-\u007E]+$/.test(text);
}

/**
 * The token of a file, of standard input or of the environment.
 * @throws UsageError `bad-token`, `unreadable-file`
 */
export async function readToken(
  place: Exclude<TokenPlace, { readonly kind: "profile" }>,
  context: CommandContext,
): Promise<string> {
  if (place.kind === "file" && place.path !== "-") await warnIfExposed(place.path, context);
  const text = place.kind === "env" ? context.env[place.source] : (await readInput(place.path, context)).toString();
  const token = text?.trim() ?? "";
  if (isToken(token)) return token;
  const where = place.kind === "env" ? place.source : place.path;
  throw new UsageError("bad-token", { where, isEmpty: token === "" });
}

/** Everybody who reads the token is the user, as far as the instance can tell. */
async function warnIfExposed(path: string, context: CommandContext): Promise<void> {
  const mode = await stat(resolve(context.cwd, path)).then(
    (entry) => (entry.isFile() ? entry.mode : 0),
    () => 0,
  );
  // Windows has no such bits: Node makes them up.
  if ((mode & 0o077) === 0 || platform() === "win32") return;
  warn(`other users of this machine can read ${path}: run chmod 600 on it.`, context);
}
