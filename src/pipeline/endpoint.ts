// A source: an endpoint of our own.
import { createReceiver, type HandlerOptions } from "../receiver/index.js";
import { allEnded } from "./all-ended.js";
import type { Channel } from "./all-sinks.js";
import type { Source } from "./source.js";

/** What is accepted, and how it is judged. */
export type Rules = Pick<HandlerOptions, "secrets" | "as" | "strict" | "expectedEvents" | "now">;

/** Undoes what was prepared. */
export type Undo = () => Promise<void>;

export interface EndpointOptions {
  readonly rules: Rules;
  /** 0 for any free one. */
  readonly port: number;
  readonly host: string;
  /** Every path when undefined. */
  readonly path?: string | undefined;
  /** Default 1 MiB. */
  readonly maxBodyBytes?: number | undefined;
  /** What has to be done once it listens and before it is ready; when that fails, the endpoint is closed. */
  readonly prepare?: ((address: { readonly url: string; readonly port: number }) => Promise<Undo>) | undefined;
}

/** Resolves once it is prepared. @throws LocalError of `Receiver.listen`, UsageError `no-secret`, those of `prepare` */
export async function openEndpoint(
  options: EndpointOptions,
  { beforeAnswer, onDelivery }: Channel,
): Promise<Source & { readonly url: string }> {
  const { rules, path, maxBodyBytes, prepare } = options;
  const receiver = createReceiver({ ...rules, path, maxBodyBytes, beforeAnswer });
  receiver.on("delivery", onDelivery);
  const address = await receiver.listen(options);
  let undo: Undo | undefined;
  try {
    undo = await prepare?.(address);
  } catch (error) {
    await receiver.close();
    throw error;
  }
  return {
    url: address.url,
    failed: new Promise<never>(() => {}),
    close: () => allEnded(receiver.close(), undo?.() ?? Promise.resolve()),
  };
}
