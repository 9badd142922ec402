// Where `listen` gets its deliveries from: an endpoint of its own, or the stream of an account.
import { createReceiver, type HandlerOptions, type OnDelivery } from "../../receiver/index.js";
import type { CommandContext } from "../command.js";
import type { ListenSecrets } from "./secrets.js";
import { type ListenView, remarksOnHost } from "./view.js";

/** What every source is started with. */
export interface SourceParts {
  readonly secrets: ListenSecrets;
  /** What is accepted, and how it is judged. */
  readonly rules: Pick<HandlerOptions, "secrets" | "as" | "strict" | "expectedEvents" | "now">;
  /** `--as`, as given. */
  readonly as: string | undefined;
  readonly remarks: readonly string[];
  readonly view: ListenView;
  readonly context: CommandContext;
  readonly onDelivery: OnDelivery;
}

/** A source that is ready, and has said so. */
export interface DeliverySource {
  /** Rejects when it can't go on; never resolves. */
  readonly failed: Promise<never>;
  /** Ends it, within 2 s. */
  close(): Promise<void>;
}

/** As commander hands the options over. */
export interface EndpointFlags {
  readonly port: number;
  readonly host: string;
  readonly path?: string;
  readonly maxBody?: number;
}

/**
 * Starts a receiver. `prepare` is what has to be done once it listens and before it is called ready; when that fails,
 * the receiver is closed.
 * @throws LocalError of `Receiver.listen`, UsageError `no-secret`, those of `prepare`
 */
export async function startEndpoint(
  flags: EndpointFlags,
  parts: SourceParts,
  prepare: () => Promise<void> = () => Promise.resolve(),
): Promise<DeliverySource> {
  const { rules, view, secrets, as } = parts;
  const receiver = createReceiver({ ...rules, path: flags.path, maxBodyBytes: flags.maxBody });
  receiver.on("delivery", parts.onDelivery);
  const { url } = await receiver.listen(flags);
  try {
    await prepare();
  } catch (error) {
    await receiver.close();
    throw error;
  }
  const remarks = [...remarksOnHost(flags.host), ...parts.remarks];
  view.ready({ url, generated: secrets.generated, as, remarks });
  return { failed: new Promise<never>(() => {}), close: () => receiver.close() };
}
