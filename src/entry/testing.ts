// "misskey-hooks/testing": what a bot's own tests need: deliveries as a server sends them, and an instance that causes them.
import {
  deliveryTo,
  type Dialect,
  requestHeaders,
  resolveDialect,
  secretOnTheWire,
  type WireDelivery,
} from "../protocol/index.js";
import { en } from "../reporters/messages/en.js";
import { speak } from "../reporters/messages/index.js";
import { buildSample, type Sample } from "../samples/index.js";

speak(en);

export { MisskeyHooksError } from "../errors.js";
export { resolveDialect } from "../protocol/index.js";
export type { Dialect, HeaderPair, WireDelivery } from "../protocol/index.js";
export { buildSample, listSamples } from "../samples/index.js";
export type { Sample, SampleInfo, SampleRequest } from "../samples/index.js";
export { createSandbox } from "./late-sandbox.js";
export type { Sandbox, SandboxOptions } from "../sandbox/index.js";

/** Which delivery to build. */
export interface DeliveryRequest {
  /** `mention`, `note`, `followed` … */
  readonly event: string;
  /** Default: the event's plainest sample; `listSamples()` knows them all. */
  readonly variant?: string | undefined;
  /** The hook's secret. Default: a hook without one. */
  readonly secret?: string | undefined;
  /** Where it goes; its path and query become the delivery's. Default `/`. */
  readonly url?: string | undefined;
  /** Whose delivery: a dialect, or its name such as `misskey@12.119`. Default: the present Misskey. */
  readonly as?: Dialect | string | undefined;
}

/** A delivery as a server would send it now, and the sample that it was made of. */
export interface SampleDelivery {
  readonly delivery: WireDelivery;
  readonly sample: Sample;
}

/**
 * A delivery of an event as a server sends it, with fresh ids and times, to call a handler with. Nothing is sent.
 * @throws UsageError `unknown-event`, `unknown-variant`, `unknown-dialect`
 */
export function buildDelivery(request: DeliveryRequest): SampleDelivery {
  const { event, variant, secret = "", url = "http://127.0.0.1/", as = "misskey" } = request;
  const dialect = typeof as === "string" ? resolveDialect(as) : as;
  const sample = buildSample({ event, variant, dialect, now: Date.now, random: Math.random });
  const { hookId, server } = sample;
  const headers = requestHeaders(dialect, { host: new URL(server).host, hookId, secret: secretOnTheWire(secret) });
  const body = new TextEncoder().encode(JSON.stringify(sample.body));
  return { delivery: deliveryTo(new URL(url), { headers, body }), sample };
}
