// One source, many sinks: what the receiver tells before and after an answer, told to each of them.
import type { BeforeAnswer, OnDelivery, OtherAnswer, ReceivedDelivery } from "../receiver/index.js";
import { type JudgedDelivery, judgedDelivery, type SourceKind } from "./judged-delivery.js";
import type { Sink, TellForward } from "./sink.js";

/** Where a source puts its deliveries: for the options of a receiver or an intake. */
export interface Channel {
  /** undefined when no sink wants to be asked, so that answers wait for nothing. */
  readonly beforeAnswer: BeforeAnswer | undefined;
  readonly onDelivery: OnDelivery;
}

/** The way to all sinks for deliveries of one kind. `fail` is told of what a sink throws. */
export function channelTo(sinks: readonly Sink[], source: SourceKind, fail: (error: unknown) => void): Channel {
  // Those that were told of before their answer keep their id.
  const known = new WeakMap<ReceivedDelivery, JudgedDelivery>();
  const each = (tell: (sink: Sink) => void): void => {
    try {
      sinks.forEach(tell);
    } catch (error) {
      fail(error);
    }
  };
  const tellForward =
    (judged: JudgedDelivery): TellForward =>
    (answer) =>
      each((sink) => sink.forwarded?.(judged, answer));

  async function ask(judged: JudgedDelivery): Promise<OtherAnswer | undefined> {
    try {
      const answers = await Promise.all(sinks.map(async (sink) => sink.beforeAnswer?.(judged, tellForward(judged))));
      return answers.filter((answer) => answer !== undefined).toSorted((one, other) => other.status - one.status)[0];
    } catch (error) {
      fail(error);
      return { status: 500, reason: "it could not be taken" };
    }
  }

  return {
    beforeAnswer: sinks.some(({ beforeAnswer }) => beforeAnswer !== undefined)
      ? (event, request) => {
          const judged = judgedDelivery(event, request, source);
          known.set(request, judged);
          return ask(judged);
        }
      : undefined,
    onDelivery: (event, request) => {
      const before = known.get(request);
      const judged = before === undefined ? judgedDelivery(event, request, source) : { ...before, event };
      each((sink) => sink.take?.(judged, tellForward(judged)));
    },
  };
}
