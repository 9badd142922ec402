// The secret of a replay: never kept, so that it has to be given.
import {
  hasFingerprint,
  hookSecretOf,
  type SecretCover,
  storeCover,
  type StoredCapture,
} from "../../captures/index.js";
import { secretOfListen } from "../../config/index.js";
import { UsageError } from "../../errors.js";
import type { HeaderPair, WireDelivery } from "../../protocol/index.js";
import type { CommandContext } from "../command.js";
import { readSecretSource, type SecretSource } from "../options/inputs.js";
import type { Chosen } from "./choose.js";
import type { Target } from "./target.js";

/** A capture with the secret where its fingerprint stood. @throws UsageError `secret-missing` */
export type PutSecret = (capture: StoredCapture) => WireDelivery;

function isSecretOfHook([name]: HeaderPair): boolean {
  return /-hook-secret$/i.test(name);
}

function put(capture: StoredCapture, secret: string, cover: SecretCover | undefined): WireDelivery {
  const { delivery, covered } = capture;
  const back = cover?.uncover({ delivery, elsewhere: covered === true }, secret) ?? delivery;
  // The handler's own secret takes the place of the sender's. Other secrets (a proxy's) can't be had back.
  const headers = back.headers.flatMap((header): HeaderPair[] => {
    if (!hasFingerprint(header[1])) return [header];
    return isSecretOfHook(header) ? [[header[0], secret]] : [];
  });
  const isWhole = covered !== true || !hasFingerprint(`${back.path}${Buffer.from(back.body).toString("latin1")}`);
  if (!isWhole) throw new UsageError("secret-missing", { id: capture.id, elsewhere: true });
  return { ...back, headers };
}

/**
 * The secret that is given, else for a capture that needs one what a `listen` at its target's very address made up.
 * @throws those of `readSecretSource` and of `target`; UsageError `secret-missing` when a capture needs one and there is none
 */
export async function replaySecret(
  options: SecretSource,
  { folder, captures }: Chosen,
  target: Target,
  context: CommandContext,
): Promise<PutSecret> {
  const secret = await readSecretSource(options, context);
  const cover = folder === undefined ? undefined : storeCover(folder);
  if (secret !== undefined) return (capture) => put(capture, secret, cover);
  const found = new Map<string, string | undefined>();
  for (const capture of captures) {
    if (!hasFingerprint(hookSecretOf(capture.delivery) ?? "")) continue;
    const { origin } = target(capture);
    if (!found.has(origin)) found.set(origin, await secretOfListen(origin, context.env, context.now()));
    if (found.get(origin) === undefined) throw new UsageError("secret-missing", { id: capture.id, elsewhere: false });
  }
  return (capture) => put(capture, found.size === 0 ? "" : (found.get(target(capture).origin) ?? ""), cover);
}
