// The options of every command that talks to an instance. Apart from what they lead to, because a command that talks to
// one only when it is told to shouldn't load the client for nothing.
import { type Command as CommanderCommand, Option, type OptionValues } from "@commander-js/extra-typings";
import { positiveDurationMs } from "../options/values.js";
import { caFileOption, insecureOption, type TrustOptions } from "../options/trust.js";

/** What `addNetworkOptions` reads. */
export interface NetworkOptions extends TrustOptions {
  /** For each call, in milliseconds. */
  readonly timeout?: number | undefined;
}

/** What `addInstanceOptions` reads. */
export interface InstanceOptions extends NetworkOptions {
  readonly instance?: string | undefined;
  readonly profile?: string | undefined;
  readonly tokenFile?: string | undefined;
}

const group = "Instance:";
const help = `
Instance and token:
  Those of the profile that \`misskey-hooks login\` made, or another one's with --profile or MISSKEY_HOOKS_PROFILE; or
  without profiles MISSKEY_HOOKS_INSTANCE and MISSKEY_HOOKS_TOKEN, or --instance and --token-file. A token is never an
  argument, where other users of the machine could read it. \`misskey-hooks config\` shows what applies.`;

type WithOptions<Args extends unknown[], Options extends OptionValues, More> = CommanderCommand<Args, Options & More>;

/**
 * Adds `--timeout`, `--ca-file` and `--insecure` to a command that calls an instance. One that has a `--timeout` of
 * another meaning keeps it, and must not hand it on to `openInstance`.
 */
export function addNetworkOptions<Args extends unknown[], Options extends OptionValues>(
  command: CommanderCommand<Args, Options>,
): WithOptions<Args, Options, NetworkOptions> {
  const options = [
    new Option("--timeout <duration>", "give up on a call after this time (default: 10s)").argParser(
      positiveDurationMs,
    ),
    caFileOption(),
    insecureOption("token"),
  ];
  const taken = new Set(command.options.map(({ long }) => long));
  for (const option of options) if (!taken.has(option.long)) command.addOption(option.helpGroup(group));
  return command;
}

/** Adds `--instance`, `--profile`, `--token-file` and what `addNetworkOptions` adds to a command. */
export function addInstanceOptions<Args extends unknown[], Options extends OptionValues>(
  command: CommanderCommand<Args, Options>,
): WithOptions<Args, Options, InstanceOptions> {
  command
    .addOption(new Option("--instance <url>", "the instance's address").helpGroup(group))
    .addOption(new Option("--profile <name>", "as the account of this profile").helpGroup(group))
    .addOption(new Option("--token-file <path>", "read the token from a file; - for standard input").helpGroup(group));
  return addNetworkOptions(command).addHelpText("after", help);
}
