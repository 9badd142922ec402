// listen: receive deliveries here, until Ctrl-C, a number of them, or a time.
import type { Outcome } from "../../errors.js";
import { type Forwarding, type RunResult, runPipeline, type Sink } from "../../pipeline/index.js";
import type { CommandContext, DefineCommand } from "../command.js";
import { capturingSinks } from "./capturing.js";
import { declareListen } from "./options.js";
import { readSetup, type Setup } from "./setup.js";
import { chooseSource } from "./sources.js";
import { onlyWhere } from "./where.js";
import { ListenView } from "./view.js";

async function forwardingOf(setup: Setup, context: CommandContext): Promise<Forwarding | undefined> {
  return setup.routes.length === 0 ? undefined : (await import("./forwarding.js")).openForwarding(setup, context);
}

/** `count` is what `--timeout` without it waits for: any delivery. */
function outcomeOf({ ok, reason, counts }: RunResult, forwarding: Forwarding | undefined, count = 1): Outcome {
  if (!ok || forwarding?.ok === false) return "fell-short";
  return reason === "timeout" && counts.deliveries < count ? "unreachable" : "done";
}

export const define: DefineCommand = (command, context, action) => {
  const readFlags = declareListen(command);
  command.action(
    action(async () => {
      const flags = readFlags();
      const { count, timeout: timeoutMs } = flags;
      const setup = await readSetup(flags, context);
      const forwarding = await forwardingOf(setup, context);
      const meant = await onlyWhere(flags.where, [
        new ListenView(context, flags.show),
        ...(forwarding ? [forwarding] : []),
      ]);
      // Kept first: before anything is shown or handed on.
      const sinks: Sink[] = [...(await capturingSinks(flags, setup, context)), ...meant];
      const start = chooseSource(flags, setup, context);
      const result = await runPipeline(start, sinks, { count, timeoutMs, signal: context.signal });
      return outcomeOf(result, forwarding, count);
    }),
  );
};
