// A receiver on a free port for one test, and what it emitted.
import { once } from "node:events";
import { onTestFinished } from "vitest";
import {
  createReceiver,
  type DeliveryEvent,
  type ReceivedRequest,
  type Receiver,
  type ReceiverOptions,
} from "../../src/receiver/index.js";

export const secret = "s3cret-ü";

export interface StartedReceiver {
  readonly receiver: Receiver;
  readonly url: string;
  readonly port: number;
  /** Every event so far. */
  readonly events: readonly DeliveryEvent[];
  /** The next event. */
  readonly next: () => Promise<[DeliveryEvent, ReceivedRequest]>;
}

export async function startReceiver(options: Partial<ReceiverOptions> = {}): Promise<StartedReceiver> {
  const receiver = createReceiver({ secrets: [secret], ...options });
  const events: DeliveryEvent[] = [];
  receiver.on("delivery", (event) => events.push(event));
  const address = await receiver.listen({ port: 0 });
  onTestFinished(() => receiver.close());
  const next = (): Promise<[DeliveryEvent, ReceivedRequest]> =>
    once(receiver, "delivery") as Promise<[DeliveryEvent, ReceivedRequest]>;
  return { receiver, ...address, events, next };
}
