// What `send` says while it is under way: redirects that took the secret along, and the schedule of attempts.
import type { DeliveryProgress } from "../../delivery/index.js";
import { durationInWords } from "../../reporters/index.js";
import { createTheme, printable, shorten } from "../../terminal/index.js";
import type { CommandContext } from "../command.js";

/** A listener that turns a delivery's events into notes on standard error; with `--json`, into nothing. */
export function progressNotes(attempts: number, context: CommandContext): (event: DeliveryProgress) => void {
  const theme = createTheme(context.colour.note);
  return (event) => {
    if (context.json) return;
    if (event.kind === "redirected") {
      const { status, to, method } = event.redirect;
      const how = method === "GET" ? "as a GET without the body" : "as the same POST";
      const target = shorten(to, 120);
      context.note(
        theme.warning(`! ${status}: goes on to ${target} ${how}, AND THE SECRET GOES ALONG. Servers do the same.`),
      );
    }
    if (event.kind === "waiting" && attempts > 1 && !context.quiet) {
      const { n, delayMs, scaledMs } = event;
      const scaled = scaledMs === delayMs ? "" : `, here ${durationInWords(scaledMs)}`;
      context.note(theme.faint(`  attempt ${n} of ${attempts} in ${durationInWords(delayMs)}${scaled}`));
    }
    if (event.kind === "ended" && attempts > 1 && !context.quiet) {
      const { n, status, ms, error } = event.attempt;
      const result = status ?? printable(error?.message ?? "no response");
      context.note(theme.faint(`  attempt ${n}: ${result} (${durationInWords(ms)})`));
    }
  };
}
