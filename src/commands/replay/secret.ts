// The secret of a replay: never kept, so that it has to be given.
import {
  hasFingerprint,
  hookSecretOf,
  type SecretCover,
  storeCover,
  type StoredCapture,
} from "../../captures/index.js";
import { UsageError } from "../../errors.js";
import type { HeaderPair, WireDelivery } from "../../protocol/index.js";
import type { CommandContext } from "../command.js";
import { readSecretSource, type SecretSource } from "../options/inputs.js";
import type { Chosen } from "./choose.js";

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

/** @throws those of `readSecretSource`; UsageError `secret-missing` when a capture needs one and none is given */
export async function replaySecret(
  options: SecretSource,
  { folder, captures }: Chosen,
  context: CommandContext,
): Promise<PutSecret> {
  const secret = await readSecretSource(options, context);
  const cover = folder === undefined ? undefined : storeCover(folder);
  const needy = captures.find(({ delivery }) => hasFingerprint(hookSecretOf(delivery) ?? ""));
  if (secret === undefined && needy !== undefined) {
    throw new UsageError("secret-missing", { id: needy.id, elsewhere: false });
  }
  return (capture) => put(capture, secret ?? "", cover);
}
