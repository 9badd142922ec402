// listen --from-stream: no public URL, no hook. What the account's stream says goes through the receiver as if the
// webhook had come.
import { randomUUID } from "node:crypto";
import { RefusedError } from "../../errors.js";
import {
  type ApiClient,
  detectSoftware,
  envelopeOf,
  hookEventOf,
  followStream,
  type StreamAccount,
  type StreamedEvent,
  streamHookId,
} from "../../instance/index.js";
import { type Dialect, requestHeaders, resolveDialect, type WireDelivery } from "../../protocol/index.js";
import { createIntake } from "../../receiver/index.js";
import { loadWords } from "../../reporters/messages/index.js";
import { type InstanceOptions, openInstance } from "../account/instance-access.js";
import type { DeliverySource, SourceParts } from "./source.js";
import { StreamView } from "./stream-view.js";

/** As commander hands the options over. */
export interface StreamFlags extends InstanceOptions {
  readonly maxReconnects?: number;
}

/** The delivery that a hook would have caused, in that dialect. */
function deliveryOf(
  event: StreamedEvent,
  dialect: Dialect,
  origin: string,
  { userId }: StreamAccount,
  { secret, createdAt }: { readonly secret: string; readonly createdAt: number },
): WireDelivery {
  const envelope = envelopeOf(event, dialect, { server: origin, userId, eventId: randomUUID(), createdAt });
  const { host } = new URL(origin);
  return {
    method: "POST",
    path: "/",
    headers: requestHeaders(dialect, { host, hookId: streamHookId, secret }),
    body: Buffer.from(JSON.stringify(envelope)),
  };
}

/** The row that the instance works by, undefined when it doesn't say. */
async function dialectOf(api: ApiClient): Promise<Dialect | undefined> {
  try {
    return (await detectSoftware(api)).dialect;
  } catch (error) {
    if (error instanceof RefusedError) return undefined;
    throw error;
  }
}

/**
 * Connects, and resolves once it is connected. It comes back by itself from then on.
 * @throws those of `openInstance` and `followStream`
 */
export async function startStream(flags: StreamFlags, parts: SourceParts): Promise<DeliverySource> {
  const { context, rules, secrets } = parts;
  await loadWords();
  // The --timeout of listen is another one than that of calls.
  const { api, instance, token, network } = await openInstance({ ...flags, timeout: undefined }, context);
  const detected = await dialectOf(api);
  const dialect = rules.as ?? detected ?? resolveDialect("misskey");
  const [secret = ""] = secrets.accepted;
  const take = createIntake(rules, parts.onDelivery);
  const view = new StreamView(parts, instance, dialect);

  const stop = new AbortController();
  let following: Promise<void> = Promise.resolve();
  await new Promise<void>((resolve, reject) => {
    following = followStream({
      api,
      origin: instance.origin,
      token,
      network,
      tokenIn: detected?.api.streamToken,
      maxReconnects: flags.maxReconnects,
      signal: AbortSignal.any([context.signal, stop.signal]),
      now: () => context.now(),
      random: () => context.random(),
      onState: (state) => {
        view.state(state);
        resolve();
      },
      onEvent: (event, account) => {
        // A hook would have these events and get no others.
        if (rules.expectedEvents?.includes(hookEventOf(event, dialect)) === false) return;
        take(deliveryOf(event, dialect, instance.origin, account, { secret, createdAt: context.now() }));
      },
    });
    following.then(resolve, reject);
  });
  return {
    failed: following.then(() => new Promise<never>(() => {})),
    close: async () => {
      stop.abort();
      await following.catch(() => {});
    },
  };
}
