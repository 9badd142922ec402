// hooks watch: tells what becomes of deliveries, as the instance sees it, until Ctrl-C.
import { setTimeout as sleepFor } from "node:timers/promises";
import { InvalidArgumentError, Option } from "@commander-js/extra-typings";
import { UnreachableError } from "../../errors.js";
import { type ApiClient, compareHooks, findHook, type Hook, type HookChange, listHooks } from "../../instance/index.js";
import { loadWords } from "../../reporters/messages/index.js";
import { createTheme, shorten } from "../../terminal/index.js";
import type { CommandContext, DefineCommand } from "../command.js";
import { durationMs, positiveInteger } from "../options/values.js";
import { warn } from "../output/warn.js";
import { addHookOptions, type HookOptions, openHooks } from "./hook/access.js";
import { statusInWords } from "./hook/status-words.js";

const examples = `
Examples:
  $ misskey-hooks hooks watch                    every hook of the account
  $ misskey-hooks hooks watch bot --interval 2s
  $ misskey-hooks hooks watch bot --count 1 --json     the next attempt, for scripts

An instance keeps a hook's latest attempt alone: of several within one interval only the last is seen. Whether it was an
event's or that of a test delivery isn't told; a test delivery is tried once, whatever comes of it.

With --json, a line for each: {"kind":"seen|delivered|changed|created|deleted","at","id","name","active",
"latestStatus","latestSentAt","meaning"}.`;

interface WatchOptions extends HookOptions {
  readonly interval: number;
  readonly count?: number;
}

const least = 500;

function intervalMs(value: string): number {
  const ms = durationMs(value);
  if (ms < least) throw new InvalidArgumentError(`Asking more often than every ${least} ms is unfriendly.`);
  return ms;
}

function show({ kind, hook }: HookChange, context: CommandContext): void {
  const { id, name, active, latestStatus, latestSentAt } = hook;
  const meaning = statusInWords(latestStatus);
  if (context.json) {
    context.result(JSON.stringify({ kind, at: context.now(), id, name, active, latestStatus, latestSentAt, meaning }));
    return;
  }
  const theme = createTheme(context.colour.result);
  const good = latestStatus !== null && latestStatus >= 200 && latestStatus < 300;
  const paint = latestStatus === null ? theme.faint : good ? theme.good : theme.bad;
  const time = new Date(context.now()).toLocaleTimeString(undefined, { hour12: false });
  const what =
    kind === "deleted" || kind === "created"
      ? kind
      : `${kind === "changed" ? "changed; " : ""}${active ? "" : "(off) "}${paint(statusText(latestStatus, meaning))}`;
  context.result(`${theme.faint(time)}  ${theme.strong(shorten(name, 40))}  ${what}`);
}

function statusText(status: number | null, meaning: string): string {
  return status === null || status === 1 ? meaning : `${status} ${meaning}`;
}

/** The hooks again, undefined while the instance can't be reached. */
async function ask(api: ApiClient, context: CommandContext): Promise<Hook[] | undefined> {
  return listHooks(api).catch(async (error: unknown) => {
    if (!(error instanceof UnreachableError)) throw error;
    await loadWords();
    warn(error.message, context);
    return undefined;
  });
}

export const define: DefineCommand = (command, context, action) => {
  addHookOptions(
    command
      .argument("[hook]", "id, or name when only one hook has it (default: all)")
      .addOption(new Option("--interval <duration>", "how often to ask").argParser(intervalMs).default(5000, "5s"))
      .option("--count <n>", "end after this many attempts", positiveInteger),
  )
    .addHelpText("after", examples)
    .action(
      action(async (idOrName: string | undefined, options: WatchOptions) => {
        const { api } = await openHooks(options, context);
        const only = idOrName === undefined ? undefined : (await findHook(api, idOrName)).id;
        const watched = (hooks: readonly Hook[]): Hook[] => hooks.filter(({ id }) => only === undefined || id === only);
        let known = watched(await listHooks(api));
        for (const hook of known) show({ kind: "seen", hook }, context);
        let attempts = 0;
        while (!context.signal.aborted && attempts < (options.count ?? Number.POSITIVE_INFINITY)) {
          await sleepFor(options.interval, undefined, { signal: context.signal }).catch(() => {});
          const hooks = context.signal.aborted ? undefined : await ask(api, context);
          if (hooks === undefined) continue;
          const now = watched(hooks);
          const changes = compareHooks(known, now);
          for (const change of changes) show(change, context);
          attempts += changes.filter(({ kind }) => kind === "delivered").length;
          known = now;
          if (only !== undefined && now.length === 0) break;
        }
        return "done";
      }),
    );
};
