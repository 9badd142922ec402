// Which command the arguments name, before anything of it is loaded. An unknown one is an error wherever it is named: as a
// command, below a group, and behind `help`.
import type { CommandEntry } from "../commands/command.js";
import { UsageError } from "../errors.js";
import { commandTree } from "./command-tree.js";

/** The command, from the root of the tree; empty for the program itself. */
export interface NamedCommand {
  readonly path: readonly string[];
  /** The arguments with what they leave to be understood: a group alone lists. */
  readonly args: readonly string[];
}

/** @throws UsageError `usage` */
export async function namedCommand(given: readonly string[]): Promise<NamedCommand> {
  const args = given[0] === "-V" ? ["-v", ...given.slice(1)] : [...given];
  const end = args.indexOf("--");
  const words = (end === -1 ? args : args.slice(0, end)).filter((arg) => !arg.startsWith("-"));
  const path: string[] = [];
  let asksForHelp = false;
  let entries: readonly CommandEntry[] | undefined = commandTree;
  for (const word of words) {
    if (entries === undefined) break;
    if (word === "help") {
      asksForHelp = true;
      continue;
    }
    const entry: CommandEntry | undefined = entries.find(({ name }) => name === word);
    if (entry === undefined) throw await unknownCommand(word, path, entries);
    path.push(word);
    entries = entry.children;
  }
  const group = path.at(-1);
  if (asksForHelp) return { path, args: [...path, "--help"] };
  const wantsHelp = args.some((arg) => arg === "--help" || arg === "-h");
  if (group === undefined || wantsHelp || entries?.some(({ name }) => name === "list") !== true) return { path, args };
  args.splice(args.indexOf(group) + 1, 0, "list");
  return { path: [...path, "list"], args };
}

async function unknownCommand(
  word: string,
  path: readonly string[],
  entries: readonly CommandEntry[],
): Promise<UsageError> {
  const { closest } = await import("fastest-levenshtein");
  const group = ["misskey-hooks", ...path].join(" ");
  const guess = closest(
    word.toLowerCase(),
    entries.map(({ name }) => name),
  );
  return new UsageError("usage", { trouble: "unknown-command", word, group, guess });
}
