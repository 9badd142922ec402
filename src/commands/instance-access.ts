// Which instance a command talks to, and as whom: the options every such command has, and how they become a client.
import { stat } from "node:fs/promises";
import { platform } from "node:os";
import { resolve } from "node:path";
import { type Command as CommanderCommand, Option, type OptionValues } from "@commander-js/extra-typings";
import { UsageError } from "../errors.js";
import { type ApiClient, createApiClient, type InstanceUrl, parseInstanceUrl, Secret } from "../instance/index.js";
import type { CommandContext } from "./command.js";
import { readInput } from "./inputs.js";
import { durationMs } from "./options.js";
import { warn } from "./warn.js";

/** What `addInstanceOptions` reads. */
export interface InstanceOptions {
  readonly instance?: string | undefined;
  readonly tokenFile?: string | undefined;
  /** For each call, in milliseconds. */
  readonly timeout?: number | undefined;
}

/** An instance ready to be called. */
export interface InstanceAccess {
  readonly api: ApiClient;
  readonly instance: InstanceUrl;
  /** For what isn't the API: the stream. */
  readonly token: Secret;
}

const group = "Instance:";
const help = `
Instance and token:
  MISSKEY_HOOKS_INSTANCE and MISSKEY_HOOKS_TOKEN, or --instance and --token-file. A token is never an argument, where
  other users of the machine could read it. Make one in the instance's settings, with the permissions to view and to
  edit your account.`;

/** Adds `--instance` and `--token-file` to a command, and `--timeout` unless the command has one of its own. */
export function addInstanceOptions<Args extends unknown[], Options extends OptionValues>(
  command: CommanderCommand<Args, Options>,
): CommanderCommand<Args, Options & InstanceOptions> {
  command
    .addOption(new Option("--instance <url>", "the instance's address").helpGroup(group))
    .addOption(new Option("--token-file <path>", "read the token from a file; - for standard input").helpGroup(group))
    .addHelpText("after", help);
  if (!command.options.some(({ long }) => long === "--timeout")) {
    command.addOption(
      new Option("--timeout <duration>", "give up on a call after this time (default: 10s)")
        .argParser(durationMs)
        .helpGroup(group),
    );
  }
  return command;
}

/**
 * The instance that options and environment name; options win.
 * @throws UsageError `missing-settings`, `bad-instance-url`, `bad-token`, `unreadable-file`
 */
export async function openInstance(options: InstanceOptions, context: CommandContext): Promise<InstanceAccess> {
  const address = options.instance ?? context.env["MISSKEY_HOOKS_INSTANCE"];
  const hasToken = options.tokenFile !== undefined || context.env["MISSKEY_HOOKS_TOKEN"] !== undefined;
  const missing = [
    ...(address === undefined ? ["which instance (--instance or MISSKEY_HOOKS_INSTANCE)"] : []),
    ...(hasToken ? [] : ["with which token (MISSKEY_HOOKS_TOKEN or --token-file)"]),
  ];
  if (address === undefined || missing.length > 0) {
    throw new UsageError("missing-settings", `It isn't said ${missing.join(", nor ")}.`, {
      hint: "A token is made in the instance's settings, with the permissions to view and to edit your account.",
    });
  }
  const instance = parseInstanceUrl(address);
  if (instance.plainText) warn(`the token travels to ${instance.host} unencrypted, over http.`, context);
  const token = await readToken(options.tokenFile, context);
  const api = createApiClient({
    origin: instance.origin,
    token,
    timeoutMs: options.timeout,
    signal: context.signal,
  });
  return { api, instance, token: new Secret(token) };
}

async function readToken(path: string | undefined, context: CommandContext): Promise<string> {
  if (path !== undefined && path !== "-") await warnIfExposed(path, context);
  const text = path === undefined ? context.env["MISSKEY_HOOKS_TOKEN"] : (await readInput(path, context)).toString();
  const token = text?.trim() ?? "";
  if (/^[\u0021-\u007E]+$/.test(token)) return token;
  const where = path === undefined ? "MISSKEY_HOOKS_TOKEN" : path === "-" ? "Standard input" : path;
  throw new UsageError("bad-token", `${where} ${token === "" ? "is empty" : "doesn't hold a token"}.`, {
    hint: "A token is one word of letters and digits.",
  });
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
