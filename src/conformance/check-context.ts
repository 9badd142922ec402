// What a check works with: deliveries to plan, a handler to probe, and what is known of it so far.
import type { DeliveryPolicy, Dialect } from "../protocol/index.js";
import type { Trigger } from "./effects/trigger.js";
import type { Answer } from "./probe/answer.js";
import type { Accepted } from "./judgement/similarity.js";
import type { HandlerClient } from "./handler/client.js";
import type { Outbound } from "./effects/outbound.js";
import type { Pace } from "./handler/pace.js";
import type { Planner } from "./deliveries/plans.js";
import type { Observe } from "./effects/effect-counter.js";

/** What the first deliveries showed: the rest is compared with it. */
export interface Baseline {
  /** To a plain delivery of each subscribed event. */
  readonly byEvent: ReadonlyMap<string, Answer>;
  /** The event that the other checks are made with; undefined when none was accepted. */
  readonly base: string | undefined;
  /** Answers to plain deliveries of it. */
  readonly accepted: Accepted;
  /** To the same with a wrong secret. */
  readonly wrongSecret: Answer;
  /** What it was seen to act on; undefined when nobody watches, or there was nothing to see. */
  readonly trigger: Trigger | undefined;
  /** How often the handler acted on a wrong secret; undefined when that can't be told. */
  readonly actedOnWrongSecret: number | undefined;
  /** Every delivery gets the same answer, whatever it is. */
  readonly alwaysTheSame: boolean;
  /** Of `base`. */
  readonly pace: Pace;
  readonly paceOf: (event: string) => Pace;
  /** How many deliveries it works on at once, as far as was tried; `send` keeps to it. */
  readonly width: number;
  /** Of wrong secrets. */
  readonly refusalPace: Pace;
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
export interface CheckContext
  extends Planner, Pick<HandlerClient, "send" | "probe" | "probeOnce" | "openSession" | "sleep" | "failed" | "limit"> {
  /** The handler's, as it was given. */
  readonly url: URL;
  readonly dialect: Dialect;
  readonly policy: DeliveryPolicy;
  /** Event types the hook is registered for. */
  readonly on: readonly string[];
  /** False when `on` was guessed: then a refused event may simply not be wanted. */
  readonly onIsGiven: boolean;
  readonly secret: string;
  /** False when nothing was said of a secret; one that is given may be empty. */
  readonly secretIsGiven: boolean;
  /** A 2xx for a wrong secret that looks like acceptance is an error. */
  readonly requireRejection: boolean;
  readonly baseline: Baseline;
  /** Subscribed events of which a plain delivery was accepted. */
  readonly acceptedEvents: readonly string[];
  /** Whether anybody watches what the handler does. */
  readonly isWatched: boolean;
  /** Counts nothing unless something is known that the handler acts on: `first.trigger`. */
  readonly observe: Observe;
  readonly outbound: Outbound | undefined;
  /** How many calls to the sink so far spoke of what was delivered; undefined without a sink. */
  readonly spokenCalls: (() => number) | undefined;
}
