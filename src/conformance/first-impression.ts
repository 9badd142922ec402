// The first deliveries of a run: does anything come of them at all, and what does acceptance look like here?
import { type Answer, kindOf } from "./answer.js";
import type { FirstImpression, Redirected } from "./bench.js";
import { looksAccepted } from "./likeness.js";
import { type Plan, type Planner, wrongSecretFor } from "./plans.js";
import type { Observed } from "./witness.js";

/** What is needed of a bench before there is one. */
export interface FirstContact extends Planner {
  readonly on: readonly string[];
  readonly secret: string;
  readonly send: (plan: Plan, answerMs?: number) => Promise<Answer>;
  readonly observe: <Result>(work: () => Promise<Result>, expected: number) => Promise<Observed<Result>>;
  /** Makes all further probes go to another URL; undefined turns back to the first. */
  readonly moveTo: (url: URL | undefined) => void;
  readonly url: URL;
}

/** Why a run can't go on, and which checks can be judged all the same. */
export interface Stop {
  readonly reason: string;
  readonly judged: readonly string[];
}

/** Longer than a server waits, to tell a slow handler from one that hangs. */
const firstPatienceMs = 12_000;
const senderPatienceMs = 5000;

/** The events that a bot most probably cares for come first. */
const preference = ["mention", "note", "reply", "renote", "followed", "follow", "unfollow"];

async function eachEvent(contact: FirstContact): Promise<Map<string, Answer>> {
  const byEvent = new Map<string, Answer>();
  const [first = "note", ...others] = contact.on;
  byEvent.set(first, await contact.send(contact.plan(first), firstPatienceMs));
  if (isLate(byEvent.get(first))) return byEvent;
  let hangs = byEvent.get(first)?.silence?.reason === "timeout";
  const pending: Promise<unknown>[] = [];
  for (const event of others) {
    const sent = contact.send(contact.plan(event)).then((answer) => byEvent.set(event, answer).get(event));
    if (hangs) pending.push(sent);
    else {
      const silence = (await sent)?.silence?.reason;
      if (silence === "refused") break;
      hangs = silence === "timeout";
    }
  }
  await Promise.all(pending);
  return new Map(contact.on.flatMap((event) => (byEvent.has(event) ? [[event, byEvent.get(event) as Answer]] : [])));
}

function isLate(answer: Answer | undefined): boolean {
  return answer?.status !== null && (answer?.ms ?? 0) >= senderPatienceMs;
}

/** Follows a redirect on the same host for the sake of the other checks; nowhere else, as the secret goes along. */
async function followRedirect(contact: FirstContact): Promise<Redirected | undefined> {
  const [event = "note"] = contact.on;
  let from = contact.url;
  let found: Redirected | undefined;
  for (let hops = 0; hops < 5; hops++) {
    const answer = await contact.send(contact.plan(event), firstPatienceMs);
    const { location } = answer.headers;
    if (kindOf(answer) !== "redirected" || location === undefined || !URL.canParse(location, from.href)) {
      const followed = kindOf(answer) === "accepted";
      if (found && !followed) contact.moveTo(undefined);
      return found && { ...found, followed };
    }
    const to = new URL(location, from);
    found = { status: found?.status ?? answer.status ?? 0, to: to.href, followed: false };
    if (to.host !== contact.url.host || to.protocol !== contact.url.protocol) break;
    contact.moveTo(to);
    from = to;
  }
  contact.moveTo(undefined);
  return found;
}

function stopFor(first: FirstImpression): Stop | undefined {
  const answers = [...first.byEvent.values()];
  if (first.redirect && !first.redirect.followed) {
    return { reason: "It redirects, and not to where deliveries are accepted.", judged: ["delivery.no-redirect"] };
  }
  if (answers.some(isLate) && first.base === undefined) {
    return { reason: "It is too slow for any server.", judged: ["handler.alive", "delivery.in-time"] };
  }
  if (first.base === undefined && first.alwaysTheSame) {
    return { reason: "It answers every delivery alike: see handler.alive.", judged: ["handler.alive"] };
  }
  return undefined;
}

/** Whether every kind of delivery got the same answer, so that no further check can tell anything. */
function isAlwaysTheSame(first: Omit<FirstImpression, "alwaysTheSame">, actedOnWrong: number | undefined): boolean {
  const others = [first.wrongSecret, first.malformed];
  if (first.base !== undefined) {
    return actedOnWrong !== 0 && others.every((answer) => looksAccepted(answer, first.accepted));
  }
  const outcomes = [...first.byEvent.values(), first.wrongSecret].map(
    ({ status, silence }) => status ?? silence?.reason,
  );
  return new Set(outcomes).size === 1;
}

/** Makes the first deliveries: a plain one of each event, three more of one, a wrong secret, broken JSON. */
export async function firstImpression(
  contact: FirstContact,
): Promise<{ readonly first: FirstImpression; readonly stop: Stop | undefined }> {
  const redirect = await followRedirect(contact);
  const byEvent = await eachEvent(contact);
  const isUsable = (event: string): boolean => {
    const answer = byEvent.get(event);
    return answer !== undefined && kindOf(answer) === "accepted" && !isLate(answer);
  };
  const base = [...preference, ...contact.on].find(isUsable);
  const event = base ?? contact.on[0] ?? "note";
  const answers: Answer[] = [];
  if (base !== undefined) for (let n = 0; n < 3; n++) answers.push(await contact.send(contact.plan(base)));
  const isOver = base === undefined && [...byEvent.values()].some(isLate);
  const [plain] = byEvent.values();
  if (plain === undefined) throw new Error("A run needs at least one event.");
  const wrong = isOver
    ? { result: plain, acted: undefined }
    : await contact.observe(() => contact.send(contact.plan(event, { secret: wrongSecretFor(contact.secret) })), 0);
  const malformed = isOver ? plain : await contact.send(contact.plan(event, { text: '{"type":' }));
  const accepted = { answers: answers.filter((answer) => kindOf(answer) === "accepted") };
  const usable = accepted.answers.length > 0 ? base : undefined;
  const seen = { byEvent, base: usable, accepted, wrongSecret: wrong.result, malformed, redirect };
  const first = { ...seen, alwaysTheSame: isAlwaysTheSame(seen, wrong.acted) };
  return { first, stop: stopFor(first) };
}
