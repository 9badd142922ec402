// One run of the program: arguments in, exit code out. The exit code is set once, here.
import { CommanderError } from "@commander-js/extra-typings";
import type { Action } from "../commands/command.js";
import { type Outcome, UsageError } from "../errors.js";
import { createContext, type ProcessPort } from "./context.js";
import { exitCodes, signalExitCodes } from "./exit-codes.js";
import { namedCommand } from "./named-command.js";
import { buildProgram } from "./program.js";
import { formatError, outcomeOf } from "./show-error.js";

type SignalName = keyof typeof signalExitCodes;

/** The first signal asks the run to end; a second one means that the user won't wait for it. */
function listenForSignals(
  port: ProcessPort,
  controller: AbortController,
): { caught: () => SignalName | undefined; stop: () => void } {
  let caught: SignalName | undefined;
  const handlers = (Object.keys(signalExitCodes) as SignalName[]).map((name) => {
    const handler = (): void => {
      if (caught !== undefined) port.exit(signalExitCodes[name]);
      caught = name;
      controller.abort(name);
    };
    port.on(name, handler);
    return [name, handler] as const;
  });
  return { caught: () => caught, stop: () => handlers.forEach(([name, handler]) => port.off(name, handler)) };
}

/**
 * Runs the program once and sets `port.exitCode`.
 * Never rejects: every error ends as a text on standard error and an exit code.
 */
export async function main(port: ProcessPort): Promise<void> {
  const args = port.argv.slice(2);
  const beforeDashes = args.includes("--") ? args.slice(0, args.indexOf("--")) : args;
  const view = { json: beforeDashes.includes("--json"), debug: beforeDashes.includes("--debug") };
  if (beforeDashes.includes("--no-color")) (port.env as Record<string, string | undefined>)["NO_COLOR"] = "1";

  const controller = new AbortController();
  const signals = listenForSignals(port, controller);
  const context = createContext(port, beforeDashes, controller.signal);
  // What is thrown outside of any promise of ours would end in a stack trace; it is a bug, and shown as one.
  const endWith = async (error: unknown): Promise<void> => {
    context.note(await formatError(error, view));
    port.exit(exitCodes[outcomeOf(error)].code);
  };
  const onUncaught = (error?: unknown): void => void endWith(error);
  port.on("uncaughtException", onUncaught);
  let outcome: Outcome = "done";
  const action: Action =
    (run) =>
    async (...runArgs) => {
      const { putBackLeftovers } = await import("./leftovers.js");
      await putBackLeftovers(context);
      outcome = await run(...runArgs);
    };

  try {
    const named = await namedCommand(args);
    const program = await buildProgram(named.path, context, action);
    if (args.length === 0) program.outputHelp();
    else await program.parseAsync(named.args, { from: "user" });
  } catch (error) {
    const shown = error instanceof CommanderError ? usageErrorOf(error) : error;
    if (shown !== undefined) {
      outcome = outcomeOf(shown);
      context.note(await formatError(shown, view));
    }
  } finally {
    signals.stop();
    port.off("uncaughtException", onUncaught);
  }
  const caught = signals.caught();
  port.exitCode = caught === undefined ? exitCodes[outcome].code : signalExitCodes[caught];
}

/** Commander throws to end a run: for `--help` and `--version` that is no error. */
function usageErrorOf(error: CommanderError): UsageError | undefined {
  if (error.exitCode === 0) return undefined;
  if (error.code === "commander.help") {
    return new UsageError("usage", { trouble: "no-command" });
  }
  // Commander puts its guess on a line of its own.
  const [, text = "", guess] = /^(?:error: )?(.*?)(?:\n\((Did you mean .*)\))?$/s.exec(error.message) ?? [];
  return new UsageError("usage", { trouble: "unusable", text, guess });
}
