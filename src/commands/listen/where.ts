// listen --where: what isn't meant is answered and kept like the rest, and neither shown nor handed on.
import { querySubject } from "../../captures/index.js";
import type { JudgedDelivery, Sink } from "../../pipeline/index.js";

/** The sinks, told of nothing but what the expression means; all when it is undefined. @throws UsageError `bad-query` */
export async function onlyWhere(expression: string | undefined, sinks: readonly Sink[]): Promise<readonly Sink[]> {
  if (expression === undefined) return sinks;
  const query = (await import("../../query/index.js")).compileQuery(expression);
  const isMeant = ({ delivery, event, source, payload }: JudgedDelivery): boolean =>
    query(querySubject({ delivery, facts: { ...event, source } }, payload));
  return sinks.map((sink): Sink => {
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
