// A plain delivery of each event, the first of a run: which are accepted, and how long do they take?
import type { Answer } from "../probe/answer.js";
import { type HandlerClient, patientMs, senderPatienceMs, settleMs } from "../handler/client.js";
import { isSlow, mostAtOnce, type Pace, paceOfPair, widthOf } from "../handler/pace.js";
import type { Planner } from "../deliveries/plans.js";

/** How the handler met each event. */
export interface WarmUp {
  readonly byEvent: ReadonlyMap<string, Answer>;
  /** More answers to the one event that was asked for twice more, since it took long. */
  readonly more: { readonly event: string; readonly answers: readonly Answer[] } | undefined;
  readonly paceOf: (event: string) => Pace;
  /** How many deliveries it works on at once, as far as was tried. */
  readonly width: number;
  /** The event over which the process ended, for good. */
  readonly killer: string | undefined;
}

/** An answer that came when a server had hung up. */
export function isLate({ status, ms }: Answer): boolean {
  return status !== null && ms >= senderPatienceMs;
}

/** Neither in time nor at once refused: a server would have hung up. */
function isOverdue(answer: Answer): boolean {
  return isLate(answer) || answer.silence?.reason === "timeout";
}

/** What is begun after the answer, a call to a service that isn't there, takes some time to fail. */
const firstSettleMs = 150;

/** Whether the process ended over what was just sent, for good. */
export async function hasEnded(client: HandlerClient, withinMs: number = settleMs): Promise<boolean> {
  await client.sleep(withinMs);
  return !(await client.isThere()) && !(await client.comesBack());
}

/** So many are sent at once to see how many it works on. */
const triedAtOnce = 6;

/**
 * One event after another. The first that takes long is asked for twice more, at once, to see whether the handler works
 * on several; if so, the rest goes together. So it does after one that isn't answered in time: one such wait is enough.
 * @param first the answer to the first of them, when there is one already
 */
export async function warmUp(
  { planner, client }: { readonly planner: Planner; readonly client: HandlerClient },
  events: readonly string[],
  first: Answer | undefined,
): Promise<WarmUp> {
  const byEvent = new Map<string, Answer>();
  const warmUps = new Set<string>();
  const queue = [...events];
  let more: WarmUp["more"];
  let paceOfSlow: Pace | undefined;
  let width = mostAtOnce;
  let killer: string | undefined;

  const send = (event: string, patience?: number): Promise<Answer> => client.send(planner.plan(event), patience);
  const ask = async (event: string): Promise<Answer> => (event === events[0] && first) || send(event);

  /** Those that waited in vain behind others are asked for once more, by themselves. */
  async function askTogether(group: readonly string[]): Promise<Answer[]> {
    const answers = await Promise.all(group.map(ask));
    if (group.length === 1 || !answers.some(isSlow)) return answers;
    const settled: Answer[] = [];
    for (const [index, answer] of answers.entries())
      settled.push(isOverdue(answer) ? await ask(group[index] as string) : answer);
    return settled;
  }

  async function meet(group: readonly string[]): Promise<Answer[]> {
    const answers = await askTogether(group);
    for (const [index, event] of group.entries()) byEvent.set(event, answers[index] as Answer);
    const isFirst = byEvent.size === group.length;
    if (await hasEnded(client, isFirst ? firstSettleMs : settleMs))
      killer = group[answers.findIndex(({ status }) => status === null)] ?? group[0];
    return answers;
  }

  async function seePace(event: string): Promise<void> {
    const pair = await Promise.all([send(event, patientMs), send(event, patientMs)]);
    more = { event, answers: pair };
    const pace = paceOfPair(pair);
    // A first delivery may take long because the handler was only just started.
    if (pace === "usual") warmUps.add(event);
    else paceOfSlow = pace;
    if (pace !== "side by side") return;
    const rest = queue.splice(0);
    const others = Array.from({ length: Math.max(0, triedAtOnce - rest.length) }, () => send(event, patientMs));
    const [answers, otherAnswers] = await Promise.all([meet(rest), Promise.all(others)]);
    width = widthOf([...answers, ...otherAnswers], Math.min(...pair.map(({ ms }) => ms)));
  }

  while (queue.length > 0 && killer === undefined) {
    const isHanging = [...byEvent.values()].some(isOverdue);
    const answers = await meet(queue.splice(0, isHanging ? queue.length : 1));
    const [answer] = answers;
    const [event] = [...byEvent.keys()].slice(-1);
    if (answers.length > 1 || !answer || !event || killer !== undefined || isOverdue(answer)) continue;
    if (isSlow(answer) && paceOfSlow === undefined) await seePace(event);
  }

  const paceOf = (event: string): Pace => {
    const answer = byEvent.get(event);
    return answer !== undefined && isSlow(answer) && !warmUps.has(event) ? (paceOfSlow ?? "sparing") : "usual";
  };
  return { byEvent, more, paceOf, width, killer };
}
