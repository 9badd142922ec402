// What makes the handler act, where somebody watches: a proof that it did nothing is none unless it would have acted on
// the right secret.
import type { Answer } from "../probe/answer.js";
import type { HandlerClient } from "../handler/client.js";
import type { Planner } from "../deliveries/plans.js";
import { type Observe, quietMs } from "./effect-counter.js";

/** A delivery that the handler acts on. */
export interface Trigger {
  readonly event: string;
  /** undefined for the plainest. */
  readonly variant: string | undefined;
  /** How often it acts on one: some need several calls for one event. */
  readonly times: number;
  readonly answer: Answer;
  /** How long nothing must happen after an answer until it's believed that nothing will. */
  readonly quietMs: number;
}

interface Contact {
  readonly planner: Planner;
  readonly client: Pick<HandlerClient, "send">;
  readonly observe: Observe;
}

/** What was that late may be later another time. */
const allowance = 2;

interface Sample {
  readonly event: string;
  readonly variant: string | undefined;
}

async function actsOn({ planner, client, observe }: Contact, { event, variant }: Sample): Promise<Trigger | undefined> {
  const { result: answer, acted = 0, lateMs } = await observe(() => client.send(planner.plan(event, { variant })), 1);
  if (acted === 0) return undefined;
  return { event, variant, times: acted, answer, quietMs: Math.max(quietMs, lateMs * allowance) };
}

/** Sends all of them, and halves them until one is left. */
async function narrowDown(
  { planner, client, observe }: Contact,
  samples: readonly Sample[],
): Promise<Sample | undefined> {
  const sendAll = (some: readonly Sample[]) => async (): Promise<void> => {
    for (const { event, variant } of some) await client.send(planner.plan(event, { variant }));
  };
  const { acted, lateMs } = await observe(sendAll(samples), 1);
  let left = acted === 0 ? [] : samples;
  while (left.length > 1) {
    const half = left.slice(0, Math.ceil(left.length / 2));
    const seen = await observe(sendAll(half), 0, Math.max(quietMs, lateMs * allowance));
    left = seen.acted === 0 ? left.slice(half.length) : half;
  }
  return left[0];
}

/**
 * Looks for a delivery that the handler acts on: the plain one of this event, else a sample of any of the events.
 * A handler may care for channels, files or public notes alone.
 * @returns undefined when it acts on none, or later than anybody would wait
 */
export async function findTrigger(
  contact: Contact,
  plain: string,
  events: readonly string[],
): Promise<Trigger | undefined> {
  const found = await actsOn(contact, { event: plain, variant: undefined });
  if (found) return found;
  const samples = events.flatMap((event) =>
    contact.planner.variantsOf(event).map((variant): Sample => ({ event, variant })),
  );
  const sample = await narrowDown(contact, samples);
  return sample && actsOn(contact, sample);
}
