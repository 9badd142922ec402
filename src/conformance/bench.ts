// What a check works with: deliveries to plan, a handler to probe, and what is known of it so far.
import type { DeliveryPolicy, Dialect } from "../protocol/index.js";
import type { Answer, Patience, ProbeRequest } from "./answer.js";
import type { ProbeSession } from "./http-probe.js";
import type { Accepted } from "./likeness.js";
import type { Outbound } from "./outbound.js";
import type { Plan, Planner } from "./plans.js";
import type { Observed } from "./witness.js";

/** A delivery to which the handler answered with trouble of its own, byte for byte. */
export interface FailedDelivery {
  readonly plan: Plan;
  readonly request: ProbeRequest;
}

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
  readonly malformed: Answer;
  /** Every delivery gets the same answer, whatever it is. */
  readonly alwaysTheSame: boolean;
  /** Where the URL's answer sent us, when it did. */
  readonly redirect: Redirected | undefined;
}

export interface Redirected {
  readonly status: number;
  readonly to: string;
  /** Whether the other checks were made there: on the same host, and it accepts deliveries. */
  readonly followed: boolean;
}

/** Everything a check may use. */
export interface Bench extends Planner {
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
  /** Makes one delivery over a connection of its own. A closed connection is tried anew, with fresh ids, twice. */
  readonly send: (plan: Plan) => Promise<Answer>;
  /** One request as it is. */
  readonly probe: (request: ProbeRequest, patience?: Partial<Patience>) => Promise<Answer>;
  readonly openSession: () => ProbeSession;
  /** Does something and counts how often the handler acted on it; undefined when nobody can tell. */
  readonly observe: <Result>(work: () => Promise<Result>, expected: number) => Promise<Observed<Result>>;
  readonly outbound: Outbound | undefined;
  /** Deliveries that met with a 5xx or a broken connection so far. */
  readonly failed: FailedDelivery[];
}
