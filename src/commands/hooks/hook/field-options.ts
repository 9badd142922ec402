// The options of a whole hook: what `create` makes it with, and `ensure` holds it to.
import { type Command as CommanderCommand, Option, type OptionValues } from "@commander-js/extra-typings";
import type { SecretSource } from "../../options/inputs.js";
import { collectList } from "../../options/values.js";

/** What `addFieldOptions` reads. */
export interface FieldOptions extends SecretSource {
  readonly name?: string;
  readonly url?: string;
  readonly on?: string[];
  readonly generateSecret?: true;
  readonly force?: true | undefined;
}

/** Adds them to a command; `generates` says in its help what `--generate-secret` does. */
export function addFieldOptions<Args extends unknown[], Options extends OptionValues>(
  command: CommanderCommand<Args, Options>,
  generates: string,
): CommanderCommand<Args, Options & FieldOptions> {
  command
    .option("--name <name>", "what the hook is called")
    .option("--url <url>", "where it delivers to")
    .option("--on <events>", "its events, e.g. mention,reply; all for every one that is ever sent", collectList)
    .option("--force", "take events in --on that no known server has")
    .option("--secret [value]", "its secret; without a value from MISSKEY_HOOKS_SECRET, or asked for")
    .option("--secret-file <path>", "read the secret from a file; - for standard input")
    .addOption(new Option("--generate-secret", generates).conflicts(["secret", "secretFile"]));
  return command;
}
