// The first deliveries of a run: does anything come of them at all, and what does acceptance look like here?
import { setTimeout as delay } from "node:timers/promises";
import { UnreachableError } from "../errors.js";
import { type Answer, kindOf } from "./answer.js";
import type { FirstImpression, Pace, Redirected } from "./bench.js";
import { type Line, senderPatienceMs, settleMs } from "./line.js";
import { looksAccepted } from "./likeness.js";
import { type Planner, wrongSecretFor } from "./plans.js";
import type { Observe } from "./witness.js";

/** What the first deliveries are made with. */
export interface FirstContact {
  readonly url: URL;
  readonly on: readonly string[];
  readonly secret: string;
  readonly planner: Planner;
  readonly line: Line;
  readonly observe: Observe;
}

/** Why a run can't go on, and which checks can be judged all the same. */
export interface Stop {
  readonly reason: string;
  readonly judged: readonly string[];
  /** The process ended over the first of them, with this answer. */
  readonly fatal?: Answer;
}

/** Longer than a server waits, to tell a slow handler from one that hangs. */
const firstPatienceMs = 12_000;
/** Handlers that take longer are checked in a way that keeps a run under a minute. */
const slowMs = 300;
const maxHops = 5;

/** The events that a bot most probably cares for come first. */
const preference = ["mention", "note", "reply", "renote", "followed", "follow", "unfollow"];

function isLate(answer: Answer): boolean {
  return answer.status !== null && answer.ms >= senderPatienceMs;
}

/**
 * The answer to the very first delivery.
 * @throws UnreachableError `handler-unreachable`
 */
async function reach({ planner, line, on }: FirstContact): Promise<Answer> {
  const answer = await line.send(planner.plan(on[0] ?? "note"), firstPatienceMs);
  const { reason = "", message = "" } = answer.silence ?? {};
  if (reason !== "refused" && reason !== "unreachable") return answer;
  throw new UnreachableError("handler-unreachable", `Nothing to check: ${message}`, {
    hint: "Start the handler first, or let --start 'npm run dev' --wait-on <url> do it.",
  });
}

/** Where the URL redirects to, and whether deliveries are accepted there. Stays on the host, as the secret goes along. */
async function followRedirect(contact: FirstContact, first: Answer): Promise<Redirected | undefined> {
  const { url, line, planner, on } = contact;
  let from = url;
  let answer = first;
  let found: Redirected | undefined;
  for (let hops = 0; hops < maxHops; hops++) {
    const { location } = answer.headers;
    if (kindOf(answer) !== "redirected" || location === undefined || !URL.canParse(location, from.href)) break;
    from = new URL(location, from);
    found = { status: found?.status ?? first.status ?? 0, to: from.href, followed: false };
    if (from.origin !== url.origin) return found;
    line.moveTo(from);
    answer = await line.send(planner.plan(on[0] ?? "note"));
  }
  return found && { ...found, followed: kindOf(answer) === "accepted" };
}

/** Whether the process ended over what was just sent, for good. */
async function hasEnded(line: Line): Promise<boolean> {
  await delay(settleMs);
  return !(await line.isThere()) && !(await line.comesBack());
}

interface Introduced {
  readonly byEvent: Map<string, Answer>;
  /** The event over which the process ended, for good. */
  readonly killer: string | undefined;
  readonly pace: Pace;
}

/**
 * A plain delivery of each event, one after another. Once the first shows that it takes long, the next two go side by
 * side, to see whether the handler works on several at once; if so, the rest goes together.
 */
async function eachEvent({ planner, line, on }: FirstContact, first: Answer | undefined): Promise<Introduced> {
  const byEvent = new Map<string, Answer>();
  const queue = [...on];
  let pace: Pace | undefined;
  let isSlow = false;
  const nextGroup = (): string[] => {
    if (!isSlow) return queue.splice(0, 1);
    return queue.splice(0, pace === undefined ? 2 : pace === "side by side" ? queue.length : 1);
  };
  for (let group = nextGroup(); group.length > 0; group = nextGroup()) {
    const answers = await Promise.all(
      group.map(async (event) => (event === on[0] && first) || line.send(planner.plan(event))),
    );
    for (const [index, event] of group.entries()) byEvent.set(event, answers[index] as Answer);
    if (answers.some(isLate)) break;
    if (await hasEnded(line)) return { byEvent, killer: group[0], pace: "usual" };
    const [plain] = byEvent.values();
    if (isSlow) pace ??= paceFor(plain as Answer, answers);
    isSlow ||= answers.some(({ ms }) => ms > slowMs);
  }
  return { byEvent, killer: undefined, pace: pace ?? (isSlow ? "sparing" : "usual") };
}

/** How to go on: a slow handler that works on many deliveries at once gets many at once, another gets few. */
function paceFor(alone: Answer, beside: readonly Answer[]): Pace {
  const slowest = Math.max(...beside.map(({ ms }) => ms));
  return beside.length > 1 && slowest < alone.ms * 1.6 ? "side by side" : "sparing";
}

/** Whether a wrong secret got the same answer as all the rest. */
function isAlike(first: Omit<FirstImpression, "alwaysTheSame">): boolean {
  if (first.base !== undefined) return looksAccepted(first.wrongSecret, first.accepted);
  const answers = [...first.byEvent.values(), first.wrongSecret];
  return new Set(answers.map(({ status, silence }) => status ?? silence?.reason)).size === 1;
}

function stopFor(first: FirstImpression): Stop | undefined {
  const { redirect, alwaysTheSame, base } = first;
  const leadsNowhere = redirect?.followed === false || (redirect && alwaysTheSame);
  if (leadsNowhere === true) {
    return { reason: "It redirects, and not to where deliveries are accepted.", judged: ["delivery.no-redirect"] };
  }
  if (base === undefined && [...first.byEvent.values()].some(isLate)) {
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
export async function firstImpression(
  contact: FirstContact,
): Promise<{ readonly first: FirstImpression; readonly stop: Stop | undefined }> {
  const { planner, line, on, secret, observe } = contact;
  const reached = await reach(contact);
  const redirect = await followRedirect(contact, reached);
  const { byEvent, killer, pace } = await eachEvent(contact, redirect ? undefined : reached);
  const answers = [...byEvent.values()];
  const isUsable = (event: string): boolean => {
    const answer = byEvent.get(event);
    return answer !== undefined && kindOf(answer) === "accepted" && !isLate(answer);
  };
  const base = [...preference, ...on].find(isUsable);
  const event = base ?? on[0] ?? "note";
  const more: Answer[] = [];
  if (base !== undefined && killer === undefined)
    for (let n = 0; n < 2; n++) more.push(await line.send(planner.plan(base)));
  const accepted = {
    answers: [...on.filter((name) => name === base).flatMap((name) => byEvent.get(name) ?? []), ...more].filter(
      (answer) => kindOf(answer) === "accepted",
    ),
  };

  const isOver = killer !== undefined || (base === undefined && answers.some(isLate));
  const wrong = planner.plan(event, { secret: wrongSecretFor(secret) });
  const broken = planner.plan(event, { text: '{"type":' });
  const { result: wrongSecret, acted } = isOver
    ? { result: reached, acted: undefined }
    : await observe(() => line.send(wrong), 0);
  const seen = { byEvent, base, accepted, wrongSecret, redirect, pace };
  const isSame = !isOver && acted !== 0 && isAlike(seen);
  const first = { ...seen, alwaysTheSame: isSame && (base === undefined || (await alsoBroken())) };
  const fatal = killer === undefined ? undefined : byEvent.get(killer);
  const end = `Its process ended over a plain ${killer} and did not come back.`;
  return { first, stop: fatal ? { reason: end, judged: [`accepts.${killer}`], fatal } : stopFor(first) };

  /** Broken JSON may bring a handler down, so it is sent only where nothing else tells deliveries apart. */
  async function alsoBroken(): Promise<boolean> {
    return looksAccepted(await line.send(broken), accepted);
  }
}
