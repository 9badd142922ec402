// What a receiver is told to accept, and what it decides by.
import { UsageError } from "../../errors.js";
import { type Dialect, hookHeaderNames } from "../../protocol/index.js";
import { type SecretPlace, SecretSet } from "./check-secret.js";
import type { Policy } from "./decide.js";
import type { BeforeAnswer } from "./delivery-event.js";

/** What a receiver accepts, and how it judges. */
export interface HandlerOptions {
  /** The secrets that are accepted, at least one; several during a rotation. `""` is a hook without a secret. */
  readonly secrets: readonly string[];
  /** The one path to serve as senders write it: with a leading `/`, without a query. Every path when undefined. */
  readonly path?: string | undefined;
  /** Pins the dialect: its header names, its required keys. Undefined detects it by the headers. */
  readonly as?: Dialect | undefined;
  /** Bodies over this are answered 413. Default 1 MiB. */
  readonly maxBodyBytes?: number | undefined;
  /** Answer 422 to a payload with findings of severity error; by default they are reported and accepted. */
  readonly strict?: boolean | undefined;
  /** The only events that should come; others are accepted, and reported as not ok. Undefined expects all. */
  readonly expectedEvents?: readonly string[] | undefined;
  /** Milliseconds since the epoch. Default `Date.now`. */
  readonly now?: (() => number) | undefined;
  /**
   * Asked once a request is decided and before it is answered; the answer waits for it. What it resolves to is answered
   * in place of the receiver's own decision; when it rejects, that is 500.
   */
  readonly beforeAnswer?: BeforeAnswer | undefined;
}

const defaultMaxBodyBytes = 1024 * 1024;

/** @throws UsageError `no-secret` */
export function policyOf(options: HandlerOptions): Policy {
  if (options.secrets.length === 0) {
    throw new UsageError("no-secret", { by: "receiver" });
  }
  return {
    secrets: new SecretSet(options.secrets),
    secretPlace: options.as === undefined ? undefined : secretPlaceOf(options.as),
    path: options.path,
    as: options.as,
    maxBodyBytes: options.maxBodyBytes ?? defaultMaxBodyBytes,
    strict: options.strict ?? false,
    expectedEvents: options.expectedEvents === undefined ? undefined : new Set(options.expectedEvents),
  };
}

function secretPlaceOf(dialect: Dialect): SecretPlace {
  return {
    header: hookHeaderNames(dialect).secret.toLowerCase(),
    isLeftOutEmpty: dialect.headers.omitsEmptySecret,
  };
}
