// Builds the commander program for one call: every command's name and summary, and the full definition of
// those commands alone that the arguments name.
import { Command } from "@commander-js/extra-typings";
import manifest from "../../package.json" with { type: "json" };
import type { Action, CommandContext, CommandEntry } from "../commands/command.js";
import { wrap } from "../terminal/index.js";
import { commandTree } from "./command-tree.js";
import { exitCodes } from "./exit-codes.js";

const exitCodeLines = Object.values(exitCodes).map(({ code, meaning }) => `  ${String(code).padEnd(8)} ${meaning}`);

const epilogue = `
Exit codes:
${exitCodeLines.join("\n")}

Start here:
  $ misskey-hooks demo                    the whole journey in ten seconds, on this machine alone
  $ misskey-hooks listen                  a receiver on http://127.0.0.1:4649/
  $ misskey-hooks send mention            a sample mention for it, from another terminal`;

const isNarrow = (columns: number | undefined): columns is number => columns !== undefined && columns < 80;

function fitting(text: string, columns: number | undefined): string {
  return columns === undefined ? text : wrap(text, columns);
}

/** Options that stand for every command; the program reads them before a command is built. */
const globalOptions = [
  ["--json", "machine-readable results on stdout, errors as JSON on stderr"],
  ["--quiet", "only results, findings and errors"],
  ["--no-color", "no colours (NO_COLOR and FORCE_COLOR are honoured too)"],
  ["--debug", "show causes and stack traces of errors"],
] as const;

function addGlobalOptions(command: Command): void {
  command.configureHelp({ sortSubcommands: false, showGlobalOptions: false });
  command.optionsGroup("Global options:");
  for (const [flags, description] of globalOptions) command.option(flags, description);
}

async function attach(
  parent: Command,
  entries: readonly CommandEntry[],
  names: readonly string[],
  context: CommandContext,
  action: Action,
): Promise<void> {
  const [wanted, ...rest] = names;
  for (const entry of entries) {
    const command = parent.command(entry.name).summary(entry.summary).description(`${entry.summary}.`);
    command.copyInheritedSettings(parent);
    if (entry.name !== wanted) continue;
    if (entry.load) {
      const { define } = await entry.load();
      define(command, context, action);
      addGlobalOptions(command);
    }
    if (entry.children) await attach(command, entry.children, rest, context, action);
  }
}

/**
 * The program with the command at this path of the tree. Only that one is loaded; the others are known by name and
 * summary.
 */
export async function buildProgram(path: readonly string[], context: CommandContext, action: Action): Promise<Command> {
  const program = new Command("misskey-hooks")
    .description("Develop against the webhooks of Misskey and its forks, with no account, no tunnel and no network.")
    .version(manifest.version, "-v, --version")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => context.result(fitting(text.trimEnd(), context.columns)),
      writeErr: () => {},
      // What is narrower than the columns of options need is broken here, between words.
      getOutHelpWidth: () => (isNarrow(context.columns) ? 1000 : (context.columns ?? 80)),
    })
    .addHelpText("after", epilogue);
  addGlobalOptions(program);
  await attach(program, commandTree, path, context, action);
  return program;
}
