// How a warning looks that isn't a finding: something works, and probably not as wanted.
import { createTheme, printable } from "../../terminal/index.js";
import type { CommandContext } from "../command.js";

/** Notes a warning, unless `--quiet`. The text is a sentence, and may hold what strangers wrote. */
export function warn(text: string, context: CommandContext): void {
  if (context.quiet) return;
  context.note(`${createTheme(context.colour.note).warning("warning:")} ${printable(text)}`);
}
