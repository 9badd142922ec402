// listen --where: what isn't meant is answered and kept like the rest, and neither shown nor handed on.
import { querySubject } from "../../captures/index.js";
import type { JudgedDelivery, Sink } from "../../pipeline/index.js";

/** Whether a delivery is meant by an expression. @throws UsageError `bad-query` */
export async function meantBy(expression: string): Promise<(judged: JudgedDelivery) => boolean> {
  const query = (await import("../../query/index.js")).compileQuery(expression);
  return ({ delivery, event, source, payload }) =>
    query(querySubject({ delivery, facts: { ...event, source } }, payload));
}

/** Once a sink was told of a delivery, it is told the rest too, whatever was answered meanwhile. */
function decidedOnce(isMeant: (judged: JudgedDelivery) => boolean): (judged: JudgedDelivery) => boolean {
  const decided = new WeakMap<JudgedDelivery["delivery"], boolean>();
  return (judged) => {
    const meant = decided.get(judged.delivery) ?? isMeant(judged);
    decided.set(judged.delivery, meant);
    return meant;
  };
}

/** The sinks, told of nothing but what the expression means; all when it is undefined. @throws UsageError `bad-query` */
export async function onlyWhere(expression: string | undefined, sinks: readonly Sink[]): Promise<readonly Sink[]> {
  if (expression === undefined) return sinks;
  const fits = await meantBy(expression);
  return sinks.map((sink): Sink => {
    const isMeant = decidedOnce(fits);
    const { beforeAnswer, take, forwarded } = sink;
    return {
      ...(beforeAnswer && {
        beforeAnswer: async (judged, tell) => (isMeant(judged) ? beforeAnswer(judged, tell) : undefined),
      }),
      ...(take && { take: (judged, tell) => void (isMeant(judged) && take(judged, tell)) }),
      ...(forwarded && { forwarded: (judged, answer) => void (isMeant(judged) && forwarded(judged, answer)) }),
      ...(sink.close && { close: sink.close }),
      ...(sink.ended && { ended: sink.ended }),
    };
  });
}
