// What a person at the terminal can do about pending deliveries: a letter and Enter.
import { createInterface } from "node:readline";
import type { PendingDelivery, Sandbox } from "../../sandbox/index.js";
import { createTheme, printable, table } from "../../terminal/index.js";
import type { CommandContext } from "../command.js";

/** What the keys do, as one line. */
export const keysHelp = "q shows pending deliveries, r [n] tries one again now, d [n] drops one; each with Enter.";

function row({ type, url, attempts, dueAt, lastStatus }: PendingDelivery, index: number, now: number): string[] {
  const wait = dueAt <= now ? "now" : `in ${((dueAt - now) / 1000).toFixed(1)} s`;
  const last = lastStatus === undefined ? "" : lastStatus === null ? "no response" : String(lastStatus);
  return [String(index + 1), type, url, String(attempts), last, wait];
}

/** Follows the terminal until the answer is called. Does nothing where nobody sits at one. */
export function followKeys(sandbox: Sandbox, context: CommandContext): () => void {
  if (!context.interactive) return () => {};
  const theme = createTheme(context.colour.note);
  const lines = createInterface({ input: context.stdin });
  const show = (pending: readonly PendingDelivery[]): void => {
    if (pending.length === 0) return context.note("Nothing is pending.");
    const rows = pending.map((delivery, index) => row(delivery, index, context.now()));
    context.note(table(["#", "TYPE", "URL", "ATTEMPTS", "LAST", "NEXT"], rows, context.columns));
  };
  lines.on("line", (line) => {
    const [key = "", number = "1"] = line.trim().split(/\s+/);
    const { queue } = sandbox;
    const pending = queue.pending();
    const chosen = pending[Number(number) - 1];
    if (key === "q") show(pending);
    else if (key === "r" || key === "d") {
      if (chosen === undefined) return context.note("There is no such pending delivery.");
      const done = key === "r" ? queue.retry(chosen.id) : queue.drop(chosen.id);
      const verb = key === "r" ? "Trying again now" : "Dropped";
      context.note(done ? `${verb}: ${chosen.type} to ${printable(chosen.url)}` : "It is under way already.");
    } else if (key !== "") context.note(theme.faint(keysHelp));
  });
  return () => lines.close();
}
