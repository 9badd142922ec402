// --ca-file and --insecure, of every command that connects to somewhere, and the network that they and the environment
// describe.
import { Option } from "@commander-js/extra-typings";
import { UsageError } from "../../errors.js";
import { type Network, networkOfEnv } from "../../network/index.js";
import type { CommandContext } from "../command.js";
import { readInput } from "./inputs.js";
import { warn } from "../output/warn.js";

/** What is lost to whoever is on the way when certificates aren't checked. */
export type AtRisk = "token" | "secret";

/** What the two options give. */
export interface TrustOptions {
  readonly caFile?: string | undefined;
  readonly insecure?: true | undefined;
}

export const caFileOption = (): Option<"--ca-file <path>"> =>
  new Option("--ca-file <path>", "trust the certificates in this file (PEM) as well");

export const insecureOption = (atRisk: AtRisk): Option<"--insecure"> =>
  new Option("--insecure", `accept any certificate: whoever is on the way can read the ${atRisk}`);

/**
 * The network that options and environment describe; `--insecure` is warned of.
 * @throws UsageError `unreadable-file`, `bad-ca-file`
 */
export async function readNetwork(
  options: TrustOptions,
  context: CommandContext,
  atRisk: AtRisk = "token",
): Promise<Network> {
  if (options.insecure === true) warn(`certificates aren't checked: the ${atRisk} goes to whoever answers.`, context);
  const ca = options.caFile === undefined ? undefined : (await readInput(options.caFile, context)).toString();
  if (ca !== undefined && !ca.includes("-----BEGIN CERTIFICATE-----")) {
    throw new UsageError("bad-ca-file", { path: String(options.caFile) });
  }
  return { ...networkOfEnv(context.env), ca, insecure: options.insecure };
}
