// What a check works with: deliveries to plan, a handler to probe, and what is known of it so far.
import type { DeliveryPolicy, Dialect } from "../protocol/index.js";
import type { Answer } from "./answer.js";
import type { Accepted } from "./likeness.js";
import type { Line } from "./line.js";
import type { Outbound } from "./outbound.js";
import type { Planner } from "./plans.js";
import type { Observe } from "./witness.js";

/** What the first deliveries showed. */
export interface FirstImpression {
  /** To a plain delivery of each subscribed event. */
  readonly byEvent: ReadonlyMap<string, Answer>;
  /** The event that the other checks are made with; undefined when none was accepted. */
  readonly base: string | undefined;
  /** Answers to plain deliveries of it. */
  readonly accepted: Accepted;
  /** To the same with a wrong secret. */
  readonly wrongSecret: Answer;
  /** Every delivery gets the same answer, whatever it is. */
  readonly alwaysTheSame: boolean;
  readonly pace: Pace;
  /** Where the URL's answer sent us, when it did. */
  readonly redirect: Redirected | undefined;
}

/**
 * How fast a handler can be asked.
 * - `usual`: it answers quickly, one thing after another
 * - `side by side`: it takes its time, but works on many deliveries at once
 * - `sparing`: it takes its time for each, so it is asked for the necessary alone
 */
export type Pace = "usual" | "side by side" | "sparing";

export interface Redirected {
  readonly status: number;
  readonly to: string;
  /** Whether the other checks were made there: on the same host, and it accepts deliveries. */
  readonly followed: boolean;
}

/** Everything a check may use. */
export interface Bench extends Planner, Pick<Line, "send" | "probe" | "openSession" | "failed"> {
  readonly dialect: Dialect;
  readonly policy: DeliveryPolicy;
  /** Event types the hook is registered for. */
  readonly on: readonly string[];
  /** False when `on` was guessed: then a refused event may simply not be wanted. */
  readonly onIsGiven: boolean;
  readonly secret: string;
  /** A 2xx for a wrong secret that looks like acceptance is an error. */
  readonly requireRejection: boolean;
  readonly first: FirstImpression;
  /** Subscribed events of which a plain delivery was accepted. */
  readonly acceptedEvents: readonly string[];
  readonly observe: Observe;
  readonly outbound: Outbound | undefined;
}
