// The words of this room: what each attempt came to, and what may be watched meanwhile.
import type { Failure } from "./failure.js";

/** An answer that sent the request elsewhere. */
export interface Redirect {
  readonly status: number;
  readonly from: string;
  readonly to: string;
  /** How the request went on: a POST with its body, or a GET without one. The hook's headers go along either way. */
  readonly method: string;
}

/** What one attempt came to. */
export interface Attempt {
  /** 1 is the first. */
  readonly n: number;
  /** Of the last answer once redirects were followed; null when there was none. */
  readonly status: number | null;
  /** From the start of the attempt to the answer's headers, or to the failure; whole milliseconds. */
  readonly ms: number;
  readonly redirects: readonly Redirect[];
  /**
   * What an answer other than a 2xx says: its body made printable and short, one line, the hook's secret
   * masked. Left out when it says nothing.
   */
  readonly body?: string;
  /** Set when `status` is null. */
  readonly error?: Failure;
}

/**
 * - `delivered`: a 2xx
 * - `refused`: an answer, but no 2xx
 * - `failed`: no response at all
 */
export type DeliveryOutcome = "delivered" | "refused" | "failed";

/** All attempts, the last of which decided the outcome. */
export interface DeliveryResult {
  readonly outcome: DeliveryOutcome;
  readonly attempts: readonly [Attempt, ...Attempt[]];
}

/** What happens during a delivery, as it happens. */
export type DeliveryProgress =
  | { readonly kind: "started"; readonly n: number }
  | { readonly kind: "redirected"; readonly n: number; readonly redirect: Redirect }
  | { readonly kind: "ended"; readonly attempt: Attempt }
  /** `delayMs` is what a server waits, `scaledMs` what is waited here. */
  | { readonly kind: "waiting"; readonly n: number; readonly delayMs: number; readonly scaledMs: number };
