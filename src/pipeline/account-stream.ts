// A source: the stream of an account. No public URL, no hook: what it says goes through a receiver as if the webhook had
// come.
import { randomUUID } from "node:crypto";
import {
  envelopeOf,
  followStream,
  type FollowOptions,
  hookEventOf,
  type StreamAccount,
  type StreamedEvent,
  streamHookId,
} from "../instance/index.js";
import { type Dialect, requestHeaders, type WireDelivery } from "../protocol/index.js";
import { createIntake } from "../receiver/index.js";
import type { Channel } from "./all-sinks.js";
import type { Rules } from "./endpoint.js";
import type { Source } from "./source.js";

export interface AccountStreamOptions extends Omit<FollowOptions, "onEvent" | "now"> {
  readonly rules: Rules;
  /** What the deliveries are written in. */
  readonly dialect: Dialect;
  /** What they carry. */
  readonly secret: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** The delivery that a hook would have caused, in that dialect. */
function deliveryOf(
  event: StreamedEvent,
  { userId }: StreamAccount,
  { dialect, origin, secret, now }: AccountStreamOptions,
): WireDelivery {
  const envelope = envelopeOf(event, dialect, { server: origin, userId, eventId: randomUUID(), createdAt: now() });
  const { host } = new URL(origin);
  return {
    method: "POST",
    path: "/",
    headers: requestHeaders(dialect, { host, hookId: streamHookId, secret }),
    body: Buffer.from(JSON.stringify(envelope)),
  };
}

/** Connects, and resolves once it is connected. It comes back by itself from then on. @throws those of `followStream` */
export async function openAccountStream(options: AccountStreamOptions, channel: Channel): Promise<Source> {
  const { rules, dialect, onState } = options;
  const take = createIntake({ ...rules, beforeAnswer: channel.beforeAnswer }, channel.onDelivery);
  const stop = new AbortController();
  let following: Promise<void> = Promise.resolve();
  await new Promise<void>((resolve, reject) => {
    following = followStream({
      ...options,
      signal: AbortSignal.any([options.signal, stop.signal]),
      onState: (state) => {
        onState(state);
        resolve();
      },
      onEvent: (event, account) => {
        // A hook would have these events and get no others.
        if (rules.expectedEvents?.includes(hookEventOf(event, dialect)) === false) return;
        take(deliveryOf(event, account, options));
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
