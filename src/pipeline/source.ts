// The port of everything that deliveries come from.
import type { Channel } from "./all-sinks.js";
import type { SourceKind } from "./judged-delivery.js";

/** A source that is ready. */
export interface Source {
  /** Rejects when it can't go on; never resolves. */
  readonly failed: Promise<never>;
  /** Ends it, within 2 s. */
  readonly close: () => Promise<void>;
}

/** Starts a source, which says by which way its deliveries come. Rejects when it can't be started. */
export type StartSource = (channelOf: (kind: SourceKind) => Channel) => Promise<Source>;
