// The secrets that `listen` accepts, and what to say about them.
import { randomBytes } from "node:crypto";
import { secretTrouble } from "../../protocol/index.js";
import type { CommandContext } from "../command.js";
import { readSecretSource } from "../options/inputs.js";

/** As commander hands the options over. */
export interface ListenSecretFlags {
  /** Each `--secret <value>`; true when the last one came without a value. */
  readonly secret?: readonly string[] | true | undefined;
  readonly secretFile?: string | undefined;
}

export interface ListenSecrets {
  readonly accepted: readonly string[];
  /** The secret that was made up, because none was given: the user has to learn it. */
  readonly generated?: string;
}

/** `--secret [value]`, any number of times. */
export function collectSecrets(value: string, earlier: readonly string[] | boolean | undefined): string[] {
  return [...(Array.isArray(earlier) ? (earlier as string[]) : []), value];
}

/**
 * Every `--secret` and the `--secret-file`, else `MISSKEY_HOOKS_SECRET`, else one made up for this run.
 * @throws UsageError as `readSecretSource` does
 */
export async function listenSecrets(flags: ListenSecretFlags, context: CommandContext): Promise<ListenSecrets> {
  const { secret, secretFile } = flags;
  const sources = [
    ...(secret === true ? [{ secret }] : (secret ?? []).map((value) => ({ secret: value }))),
    ...(secretFile === undefined ? [] : [{ secretFile }]),
  ];
  const accepted: string[] = [];
  for (const source of sources.length === 0 ? [{}] : sources) {
    const found = await readSecretSource(source, context);
    if (found !== undefined) accepted.push(found);
  }
  if (accepted.length === 0) {
    const generated = randomBytes(16).toString("hex");
    return { accepted: [generated], generated };
  }
  return { accepted };
}

/** What the user should know of a secret that was given, as sentences. */
export function remarksOnSecrets(accepted: readonly string[]): string[] {
  const troubles = new Set(accepted.map(secretTrouble));
  return [
    ...(troubles.has("empty") ? ["One of the secrets is empty: whoever knows the URL can send you anything."] : []),
    ...(troubles.has("outer-spaces")
      ? ["A secret has spaces at its ends. They are lost on the wire, so it is compared without them."]
      : []),
  ];
}
