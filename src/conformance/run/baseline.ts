// The first deliveries of a run: does anything come of them at all, and what does acceptance look like here?
import { findTrigger } from "../effects/trigger.js";
import { type Answer, kindOf } from "../probe/answer.js";
import type { Baseline } from "../check-context.js";
import { hasEnded, warmUp, type WarmUp, isLate } from "./warm-up.js";
import { type HandlerClient, patientMs } from "../handler/client.js";
import { looksAccepted } from "../judgement/similarity.js";
import { isSlow, type Pace, paceOfPair } from "../handler/pace.js";
import { type Plan, type Planner, wrongSecretFor } from "../deliveries/plans.js";
import { followRedirect, reach } from "./reach.js";
import type { Observe } from "../effects/effect-counter.js";

/** What the first deliveries are made with. */
export interface FirstContact {
  readonly url: URL;
  readonly on: readonly string[];
  readonly secret: string;
  readonly planner: Planner;
  readonly client: HandlerClient;
  readonly observe: Observe;
  /** Whether anybody watches what the handler does. */
  readonly isWatched: boolean;
}

/** Why a run can't go on, and which checks can be judged all the same. */
export interface Stop {
  readonly reason: string;
  /** What to do about it, where the checks that were made don't say it. */
  readonly hint?: string;
  readonly judged: readonly string[];
  /** The process ended over the first of them, with this answer. */
  readonly fatal?: Answer;
}

/** The events that a bot most probably cares for come first. */
const preference = ["mention", "note", "reply", "renote", "followed", "follow", "unfollow"];

function inPreference(on: readonly string[]): string[] {
  return [...preference.filter((event) => on.includes(event)), ...on.filter((event) => !preference.includes(event))];
}

/** Further answers to plain deliveries of the event, so that there are three in all. */
async function furtherAnswers(
  { planner, client }: FirstContact,
  event: string,
  met: WarmUp,
): Promise<readonly Answer[]> {
  if (met.more?.event === event) return met.more.answers.filter((answer) => !isLate(answer));
  const ask = (): Promise<Answer> => client.send(planner.plan(event));
  const pace = met.paceOf(event);
  if (pace === "side by side") return Promise.all([ask(), ask()]);
  return pace === "sparing" ? [await ask()] : [await ask(), await ask()];
}

/** How wrong secrets can be sent: refusing may be what takes the time, or what never ends. */
async function paceOfRefusals(
  { planner, client }: FirstContact,
  wrong: Plan,
  wrongSecret: Answer,
  base: { readonly event: string; readonly pace: Pace },
): Promise<Pace> {
  if (wrongSecret.silence?.reason === "timeout") {
    // One that answers others meanwhile isn't held up by it.
    const meanwhile = await client.send(planner.plan(base.event));
    return kindOf(meanwhile) === "accepted" && !isSlow(meanwhile) ? "side by side" : "sparing";
  }
  if (!isSlow(wrongSecret)) return "usual";
  if (base.pace !== "usual") return base.pace;
  return paceOfPair(await Promise.all([client.send(wrong, patientMs), client.send(wrong, patientMs)]));
}

/** Whether a wrong secret got the same answer as all the rest. */
function isAlike(baseline: Omit<Baseline, "alwaysTheSame">): boolean {
  if (baseline.base !== undefined) return looksAccepted(baseline.wrongSecret, baseline.accepted);
  const answers = [...baseline.byEvent.values(), baseline.wrongSecret];
  return new Set(answers.map(({ status, silence }) => status ?? silence?.reason)).size === 1;
}

function stopFor(baseline: Baseline): Stop | undefined {
  const { redirect, alwaysTheSame, base } = baseline;
  const leadsNowhere = redirect?.followed === false || (redirect && alwaysTheSame);
  if (leadsNowhere === true) {
    return { reason: "It redirects, and not to where deliveries are accepted.", judged: ["delivery.no-redirect"] };
  }
  if (base === undefined && [...baseline.byEvent.values()].some(isLate)) {
    return { reason: "It is too slow for any server.", judged: ["delivery.in-time"] };
  }
  if (base === undefined && alwaysTheSame) {
    return { reason: "It answers every delivery alike: see handler.alive.", judged: ["handler.alive"] };
  }
  return undefined;
}

/**
 * Makes the first deliveries: a plain one of each event, two more of one, one with a wrong secret.
 * @throws UnreachableError `handler-unreachable`
 */
export async function takeBaseline(
  contact: FirstContact,
): Promise<{ readonly baseline: Baseline; readonly stop: Stop | undefined }> {
  const { planner, client, secret, observe } = contact;
  const events = inPreference(contact.on);
  const [favourite = "note"] = events;
  const reached = await reach(contact, favourite);
  const redirect = await followRedirect(contact, favourite, reached);
  const met = await warmUp(contact, events, redirect ? undefined : reached);
  const { byEvent, killer, paceOf } = met;
  const answers = [...byEvent.values()];
  const isUsable = (event: string): boolean => {
    const answer = byEvent.get(event);
    return answer !== undefined && kindOf(answer) === "accepted" && !isLate(answer);
  };
  const base = events.find(isUsable);
  const event = base ?? favourite;
  const pace = paceOf(event);
  const more = base !== undefined && killer === undefined ? await furtherAnswers(contact, base, met) : [];
  const plain = base === undefined ? undefined : byEvent.get(base);
  const isOver = killer !== undefined || (base === undefined && answers.some(isLate));
  const others = events.filter(isUsable);
  const trigger = contact.isWatched && !isOver ? await findTrigger(contact, event, others) : undefined;
  const seenAccepted = [...(plain ? [plain] : []), ...more, ...(trigger ? [trigger.answer] : [])];
  const accepted = { answers: seenAccepted.filter((answer) => kindOf(answer) === "accepted") };
  const wrong = planner.plan(trigger?.event ?? event, { variant: trigger?.variant, secret: wrongSecretFor(secret) });
  const broken = planner.plan(event, { text: '{"type":' });
  const onWrongSecret = isOver ? undefined : await observe(() => client.send(wrong), 0, trigger?.quietMs);
  const wrongSecret = onWrongSecret?.result ?? reached;
  const acted = trigger && onWrongSecret?.acted;
  const isJudgeable = base !== undefined && !isOver && secret !== "";
  const refusalPace = isJudgeable ? await paceOfRefusals(contact, wrong, wrongSecret, { event, pace }) : pace;
  const seen = {
    byEvent,
    base,
    accepted,
    wrongSecret,
    trigger,
    actedOnWrongSecret: acted,
    redirect,
    pace,
    // What the hook isn't registered for is taken to be as slow as what it is.
    paceOf: (name: string) => (byEvent.has(name) ? paceOf(name) : pace),
    width: met.width,
    refusalPace,
  };
  const isToldApart = base !== undefined && acted === 0;
  const isSame = !isOver && !isToldApart && isAlike(seen);
  const baseline = { ...seen, alwaysTheSame: isSame && (base === undefined || (await alsoBroken())) };
  return { baseline, stop: (await fatalStop()) ?? stopFor(baseline) };

  /** The process ended over one of the first deliveries, at once or some time after. */
  async function fatalStop(): Promise<Stop | undefined> {
    const isLater = killer === undefined && !isOver && (await hasEnded(client));
    const over = killer ?? (isLater ? event : undefined);
    const fatal = over === undefined ? undefined : byEvent.get(over);
    if (over === undefined || fatal === undefined) return undefined;
    if (isLater && wrongSecret.silence?.reason === "closed") {
      const reason = "Its process ended over a wrong secret and did not come back.";
      return { reason, judged: ["secret.wrong"], fatal: wrongSecret };
    }
    return {
      reason: `Its process ended over a plain ${over} and did not come back.`,
      judged: [`accepts.${over}`],
      fatal,
    };
  }

  /** Broken JSON may bring a handler down, so it is sent only where nothing else tells deliveries apart. */
  async function alsoBroken(): Promise<boolean> {
    return looksAccepted(await client.send(broken), accepted);
  }
}
