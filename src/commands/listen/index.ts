// listen: receive deliveries here, until Ctrl-C, a number of them, or a time.
import { type Outcome, UsageError } from "../../errors.js";
import { type Forwarding, type RunResult, runPipeline, type Sink } from "../../pipeline/index.js";
import type { CommandContext, DefineCommand } from "../command.js";
import { capturingSinks } from "./capturing.js";
import { faultingSinks } from "./faulting.js";
import { forwardOptionIn } from "./forward-flags.js";
import { declareListen, type ListenFlags } from "./options.js";
import { readSetup, type Setup } from "./setup.js";
import { chooseSource } from "./sources.js";
import { onlyWhere } from "./where.js";
import { ListenView } from "./view.js";

async function forwardingOf(
  flags: ListenFlags,
  setup: Setup,
  context: CommandContext,
): Promise<Forwarding | undefined> {
  if (setup.routes.length > 0) return (await import("./forwarding.js")).openForwarding(flags, setup, context);
  const option = forwardOptionIn(flags);
  if (option !== undefined) throw new UsageError("nowhere-to-forward", { option });
  return undefined;
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
      const forwarding = await forwardingOf(flags, setup, context);
      const meant = await onlyWhere(flags.where, [
        new ListenView(context, flags.show),
        ...(forwarding ? [forwarding] : []),
      ]);
      // Kept first: before anything is shown or handed on.
      const faulting = await faultingSinks(flags, context);
      const sinks: Sink[] = [...(await capturingSinks(flags, setup, context)), ...faulting, ...meant];
      const start = chooseSource(flags, setup, context);
      const result = await runPipeline(start, sinks, { count, timeoutMs, signal: context.signal });
      return outcomeOf(result, forwarding, count);
    }),
  );
};
