// Whose hooks a command works on: the account's, or with --system the instance's own.
import type { Command as CommanderCommand, OptionValues } from "@commander-js/extra-typings";
import {
  type ApiClient,
  asSystemHooks,
  type CheckContext,
  type InstanceUrl,
  softwareIfTold,
} from "../../../instance/index.js";
import type { CommandContext } from "../../command.js";
import { warn } from "../../output/warn.js";
import { addInstanceOptions, type InstanceOptions, openInstance } from "../../account/instance-access.js";

/** What `addHookOptions` reads. */
export interface HookOptions extends InstanceOptions {
  readonly system?: true | undefined;
  /** Of the commands that take events. */
  readonly force?: true | undefined;
}

/** The hooks, ready to be worked on. */
export interface HookAccess {
  /** Its hooks are the ones that are meant. */
  readonly api: ApiClient;
  readonly instance: InstanceUrl;
  /** It was signed in as an app, whose token the instance lets do less. */
  readonly isApp: boolean;
  /** For checking a hook's fields. */
  readonly where: CheckContext;
}

/** Adds `--system` and the options of an instance to a command. */
export function addHookOptions<Args extends unknown[], Options extends OptionValues>(
  command: CommanderCommand<Args, Options>,
): CommanderCommand<Args, Options & HookOptions> {
  command.option("--system", "system webhooks instead of the account's: needs a moderator's own token");
  return addInstanceOptions(command);
}

/** @throws those of `openInstance` */
export async function openHooks(options: HookOptions, context: CommandContext): Promise<HookAccess> {
  const { api, instance, chosen } = await openInstance(options, context);
  const { system = false, force: anyEvent = false } = options;
  const isApp = chosen.token?.kind === "profile" && chosen.token.profile.permissions.length > 0;
  const where = { localInstance: instance.loopback, system, anyEvent };
  return { api: system ? asSystemHooks(api) : api, instance, isApp, where };
}

/** Warns of what an update by other programs does on this server: those of ours keep everything. */
export async function warnOfUpdates(api: ApiClient, context: CommandContext): Promise<void> {
  if (context.quiet) return;
  const software = await softwareIfTold(api);
  if (software?.dialect?.api.updateErasesSecret !== true) return;
  warn(
    `${api.host} runs ${software.name} ${software.version}, which erases a hook's secret when it is updated without one. misskey-hooks always sends it; other programs may not.`,
    context,
  );
}
