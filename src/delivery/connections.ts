// The connections of a sender: one request at a time on each, kept alive and reused, all closed at once.
import type { Network } from "../network/index.js";
import { openHttpClient } from "./http-client.js";
import type { Answer, Hop } from "./redirect.js";

/** An answer's body is of little interest, but a connection can be used again only once it was read to its end. */
const drainLimit = { bytes: 64 * 1024, ms: 250 } as const;
/** As much of it as may be shown to a person. */
const keptBytes = 2048;

/** What a sender needs of the network. */
export interface Connections {
  /**
   * Sends one request. The signal counts until the answer's headers are there, which is when `onHeaders` is called;
   * the promise resolves when the connection is free again, at most 250 ms later.
   * Rejects with the transport's error, or with the signal's reason.
   */
  exchange(hop: Hop, signal: AbortSignal, onHeaders: () => void): Promise<Answer>;
  /** Drops every connection, also those under way. */
  close(): Promise<void>;
}

/** Connections to any number of receivers. How many are open at once is up to the caller. */
export function openConnections(network?: Network): Connections {
  const client = openHttpClient(network);

  function exchange({ to, delivery }: Hop, signal: AbortSignal, onHeaders: () => void): Promise<Answer> {
    return new Promise((resolve, reject) => {
      let answer: Omit<Answer, "body"> | undefined;
      let drainedBytes = 0;
      const kept: Uint8Array[] = [];
      const whole = (head: Omit<Answer, "body">): Answer => ({ ...head, body: Buffer.concat(kept).toString("utf8") });
      let drainTimer: NodeJS.Timeout | undefined;
      const abort = client.dispatch(delivery, to, {
        onHeaders: (status, headers) => {
          signal.removeEventListener("abort", onAbort);
          onHeaders();
          // The first one, as Node's own client takes it.
          const location = headers.find(([name]) => name.toLowerCase() === "location")?.[1];
          answer = { status, location };
          drainTimer = setTimeout(() => abort(new Error("the body goes on")), drainLimit.ms);
        },
        onData: (chunk) => {
          if (drainedBytes < keptBytes) kept.push(chunk.subarray(0, keptBytes - drainedBytes));
          drainedBytes += chunk.length;
          if (drainedBytes > drainLimit.bytes) abort(new Error("the body is long"));
        },
        onEnd: () => {
          clearTimeout(drainTimer);
          if (answer) resolve(whole(answer));
        },
        onError: (error) => {
          clearTimeout(drainTimer);
          signal.removeEventListener("abort", onAbort);
          if (answer) resolve(whole(answer));
          else reject(error);
        },
      });
      const onAbort = (): void => abort(signal.reason as Error);
      signal.addEventListener("abort", onAbort, { once: true });
      if (signal.aborted) onAbort();
    });
  }

  return { exchange, close: () => client.close() };
}
