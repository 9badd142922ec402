// What `listen` keeps, and what it says when it can't.
import { Capturing, type Sink } from "../../pipeline/index.js";
import { storeFolder } from "../captures/store-options.js";
import type { CommandContext } from "../command.js";
import { warn } from "../output/warn.js";
import type { ListenFlags } from "./options.js";
import type { Setup } from "./setup.js";

function isOff({ capture }: ListenFlags, { env }: CommandContext): boolean {
  const off = env["MISSKEY_HOOKS_NO_CAPTURE"];
  return !capture || (off !== undefined && off !== "" && off !== "0");
}

/** The sink that keeps; none when that is switched off. @throws UsageError `bad-project-file` */
export async function capturingSinks(flags: ListenFlags, setup: Setup, context: CommandContext): Promise<Sink[]> {
  if (isOff(flags, context)) return [];
  const folder = await storeFolder(flags, context);
  // Said with --quiet too: what isn't kept can't be had again.
  const tell = (text: string): void => warn(text, { ...context, quiet: false });
  const sink = new Capturing({
    folder,
    secrets: setup.rules.secrets,
    durable: flags.durable,
    maxBytes: flags.captureSize,
    maxAgeMs: flags.captureAge,
    onTrouble: ({ message, hint }) => tell(`deliveries aren't kept. ${message}${hint === undefined ? "" : ` ${hint}`}`),
    onTorn: (bytes) =>
      tell(`a killed run left ${bytes} bytes of a delivery that it hadn't answered; they are put aside in ${folder}`),
    onLost: (count) => tell(`${count} ${count === 1 ? "delivery was" : "deliveries were"} answered and not kept.`),
  });
  return [sink];
}
