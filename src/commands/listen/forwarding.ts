// What is accepted is handed on. Apart, because its client takes as long to load as all the rest.
import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import type { Redirect } from "../../delivery/index.js";
import { UsageError } from "../../errors.js";
import type { SecretForHandler } from "../../forward/index.js";
import { Forwarding } from "../../pipeline/index.js";
import { secretTrouble } from "../../protocol/index.js";
import { createTheme, shorten } from "../../terminal/index.js";
import type { CommandContext } from "../command.js";
import { readSecretSource } from "../options/inputs.js";
import { readNetwork } from "../options/trust.js";
import type { ListenFlags } from "./options.js";
import type { Setup } from "./setup.js";

/** What names no variable and no file may be the secret itself: it is never said. */
async function secretOf(
  { forwardSecret, dropSecret }: ListenFlags,
  context: CommandContext,
): Promise<SecretForHandler> {
  if (dropSecret) return null;
  if (forwardSecret === undefined) return undefined;
  const { env, cwd } = context;
  const ofVariable = /^\w+$/.test(forwardSecret) ? env[forwardSecret] : undefined;
  if (ofVariable !== undefined) {
    if (secretTrouble(ofVariable) === "unsendable") throw new UsageError("unsendable-forward-secret");
    return ofVariable;
  }
  const isThere = forwardSecret === "-" || (await stat(resolve(cwd, forwardSecret)).catch(() => undefined))?.isFile();
  if (isThere !== true) throw new UsageError("no-forward-secret");
  return readSecretSource({ secretFile: forwardSecret }, context);
}

/** A redirect to somewhere else takes the secret along, as servers do, and is warned of. */
function redirectNotes(secret: SecretForHandler, context: CommandContext): (redirect: Redirect) => void {
  const warned = new Set<string>();
  return ({ status, from, to }) => {
    const route = `${new URL(from).host} ${new URL(to).host}`;
    if (secret === null || new URL(from).host === new URL(to).host || warned.has(route)) return;
    warned.add(route);
    const target = shorten(to, 120);
    // Said with --quiet too: somebody else has the secret now.
    context.note(
      createTheme(context.colour.note).warning(
        `! ${new URL(from).host} answered ${status}: goes on to ${target}, AND THE SECRET GOES ALONG. Servers do the same.`,
      ),
    );
  };
}

/**
 * The sink that hands on.
 * @throws UsageError `no-forward-secret`, `nobody-to-answer`, `unsendable-forward-secret`, `forward-retry-passes`, those of `readNetwork`
 */
export async function openForwarding(flags: ListenFlags, setup: Setup, context: CommandContext): Promise<Forwarding> {
  const { forwardHeader, forwardTimeout, forwardRetry, timeScale, forwardUnverified, answer } = flags;
  if (answer === "pass" && flags.fromStream) throw new UsageError("nobody-to-answer");
  if (forwardRetry && answer === "pass") throw new UsageError("forward-retry-passes");
  if (timeScale !== undefined && !forwardRetry) throw new UsageError("time-scale-of-nothing");
  const secret = await secretOf(flags, context);
  return new Forwarding({
    routes: setup.routes,
    as: setup.rules.as,
    secret,
    headers: forwardHeader,
    timeoutMs: forwardTimeout,
    retryScale: forwardRetry ? (timeScale ?? 1) : undefined,
    unverified: forwardUnverified,
    pass: answer === "pass",
    network: await readNetwork(flags, context, "secret"),
    random: () => context.random(),
    signal: context.signal,
    onRedirect: redirectNotes(secret, context),
  });
}
