// What to type next about a hook: the same account again, however it was named.
import type { Hook } from "../../../instance/index.js";
import { shellWord } from "../../../reporters/index.js";
import { printable } from "../../../terminal/index.js";
import type { HookOptions } from "./access.js";

/** A command to copy into a shell: `misskey-hooks hooks <verb> <id>` with the options that say whose hook it is. */
export function nextCommand(verb: string, { id }: Hook, options: HookOptions, ...more: readonly string[]): string {
  const { system, instance, profile, tokenFile } = options;
  const words = [
    ...(system === true ? ["--system"] : []),
    ...(instance === undefined ? [] : ["--instance", instance]),
    ...(profile === undefined ? [] : ["--profile", profile]),
    ...(tokenFile === undefined || tokenFile === "-" ? [] : ["--token-file", tokenFile]),
  ];
  return ["misskey-hooks hooks", verb, ...[id, ...more, ...words].map((word) => shellWord(printable(word)))].join(" ");
}
