// One delivery as a store keeps it, and what is known of it.
import type { Finding, WireDelivery } from "../protocol/index.js";

/** Where a delivery came from: a request to the endpoint, one by a borrowed hook, or a note of the stream. */
export type CaptureSource = "endpoint" | "borrowed" | "stream";

/** What a place that it was handed on to answered. */
export interface CaptureForward {
  readonly url: string;
  /** null when there was no answer. */
  readonly status: number | null;
  readonly ms: number;
  /** Why there was no answer. */
  readonly error?: string;
}

/** An answer that took the place of the receiver's own. */
export interface CaptureAnswer {
  readonly status: number;
  readonly reason?: string;
  readonly simulated?: string;
}

/** What the receiver made of it. */
export interface CaptureFacts {
  /** The HTTP status that was answered; null for a recording that doesn't say. */
  readonly status: number | null;
  /** Accepted, expected, and without findings of severity error. */
  readonly ok: boolean;
  /** Why it was refused or unexpected, in words. */
  readonly reason?: string;
  readonly event: string | null;
  readonly eventId: string | null;
  readonly hookId: string | null;
  readonly dialect: string | null;
  readonly redelivery: boolean;
  readonly findings: readonly Finding[];
  readonly source: CaptureSource;
  /** It never was a request: the body is real, envelope and headers were made up. */
  readonly synthesised?: true;
  /** The answer was not the receiver's own but a simulated fault, in words: `500`, `reset`. */
  readonly simulated?: string;
}

/** What there is to keep of a delivery. */
export interface NewCapture {
  /** Twelve hexadecimal digits, unique in the store; a beginning of it suffices to name it. */
  readonly id: string;
  /** When it arrived, ISO 8601. */
  readonly at: string;
  readonly delivery: WireDelivery;
  readonly httpVersion: string;
  readonly facts: CaptureFacts;
}

/** A delivery that was kept. */
export interface StoredCapture extends NewCapture {
  /** Secrets in it are fingerprints: see `SecretCover`. */
  readonly delivery: WireDelivery;
  /** Fingerprints stand also in the path or the body, where the secret was. */
  readonly covered?: true;
  /** In the order in which the answers came. */
  readonly forwards: readonly CaptureForward[];
}
