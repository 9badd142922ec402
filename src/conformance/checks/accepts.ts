// Every event the hook is registered for, in every form that servers send it in (unusual ones are under tolerates.*).
import { events, type EventSpec } from "../../protocol/index.js";
import { kindOf } from "../probe/answer.js";
import type { CheckContext } from "../check-context.js";
import type { Check } from "./check.js";
import type { Judgement } from "../judgement/judgement.js";
import { type Json, noteOf, type Plan } from "../deliveries/plans.js";
import { type Judge, tryPlans } from "./try-plans.js";
import { mustAccept } from "../judgement/verdicts.js";

/** Samples whose oddity another check is about. */
const elsewhere: ReadonlySet<string> = new Set(["name-null", "remote-user", "long"]);

function plansFor(context: CheckContext, event: string): Plan[] {
  const isPlain = (variant: string): boolean =>
    !elsewhere.has(variant) && noteOf(context.envelope(event, variant))?.["text"] !== null;
  return context
    .variantsOf(event)
    .filter(isPlain)
    .map((variant) => context.plan(event, { variant }));
}

/** A reply comes twice: as `reply` and as `mention`, with one note and two eventIds. */
function replyAsMention(context: CheckContext): Plan[] {
  if (!context.on.includes("mention") || !context.on.includes("reply")) return [];
  const note = noteOf(context.envelope("reply", "default")) ?? {};
  const sameNote = (envelope: Json): Json => {
    const own = noteOf(envelope);
    if (own) for (const [key, value] of Object.entries(note)) if (key in own) own[key] = value;
    return envelope;
  };
  const reply = (envelope: Json): Json => {
    Object.assign(noteOf(envelope) ?? {}, note);
    return envelope;
  };
  return [
    context.plan("reply", { label: "reply (the first of two events of one note)", change: reply }),
    context.plan("mention", {
      label: "mention (the second of two events of one note)",
      variant: "in-reply",
      change: sameNote,
    }),
  ];
}

const sinkHint =
  "It called the sink, which answers 200 and {} to everything. If the handler reads more from that answer, let a server of your own give it, and count with --observe.";

/** A plain delivery was accepted and another form wasn't: which one, and how to send it alone. */
function howToSeeIt(context: CheckContext, event: string, { sent, answered }: Judgement): { hint?: string } {
  const { variantsOf, acceptedEvents, outbound } = context;
  const isTrouble = answered !== null && kindOf(answered) === "failed";
  if (isTrouble && !acceptedEvents.includes(event) && outbound && outbound.count() > 0) return { hint: sinkHint };
  const variant = variantsOf(event).find((name) => sent === `${event} (${name})`);
  if (variant === undefined || !acceptedEvents.includes(event)) return {};
  return {
    hint: `It takes other deliveries of ${event}, so look into its log for what this one lacks or has. To send it alone: misskey-hooks send ${event} --variant ${variant} <url>`,
  };
}

/** What was seen of its doings, where somebody watches. To ignore an event may be right, if not one it is there for. */
function withActs(judgement: Judgement, event: string, acted: number | undefined, onIsGiven: boolean): Judgement {
  if (acted === undefined) return judgement;
  if (acted > 0) return { ...judgement, message: `${judgement.message} It was seen to act.` };
  const message = `It took each \`${event}\` sample, and was not seen to act on any, though it acts on others.`;
  if (!onIsGiven) return { ...judgement, message };
  return {
    ...judgement,
    verdict: "warn",
    message: `${message} If it should, such events are lost without anybody noticing.`,
    hint: `If it has nothing to do about \`${event}\`, the hook needn't be registered for it: leave it out here and there. If it waits for certain words, give them with --text. What isn't watched can't be seen.`,
  };
}

/** It called out, and said nothing of what it was sent: it may read what isn't there. */
function withoutWords(judgement: Judgement, event: string): Judgement {
  return {
    ...judgement,
    verdict: "warn",
    message: `It called the sink for \`${event}\`, and none of these calls had a word of what it was sent in it: no text, no name, no id.`,
    hint: "Does it read what it looks for where it is? A note is in `body.note`, its words in `body.note.text`; a user in `body.user`. If such a call is meant to say nothing of it, all is well.",
  };
}

async function run(context: CheckContext, event: string): Promise<Judgement> {
  const plans = [...plansFor(context, event), ...(event === "reply" ? replyAsMention(context) : [])];
  const plain = context.baseline.byEvent.get(event);
  const isUnwanted = plain !== undefined && kindOf(plain) === "refused" && !context.onIsGiven;
  const judge: Judge = (tried) => mustAccept(tried, context.policy, isUnwanted ? "warn" : "fail");
  // One that is slow, hangs or lets little through isn't asked again what it has answered already.
  const isScarce = context.baseline.paceOf(event) === "sparing" || context.limit()?.isScarce === true;
  const isEnough = isScarce || plain?.silence?.reason === "timeout";
  if (plain && isEnough) return judge({ label: event, answer: plain });
  const spokenBefore = context.spokenCalls?.() ?? 0;
  const callsBefore = context.outbound?.count() ?? 0;
  const { result, acted } = await context.observe(() => tryPlans(context, plans, judge), 0);
  const isMute = context.spokenCalls?.() === spokenBefore && (context.outbound?.count() ?? 0) > callsBefore;
  const watched = result.verdict === "pass" ? withActs(result, event, acted, context.onIsGiven) : result;
  const judgement = watched.verdict === "pass" && isMute ? withoutWords(watched, event) : watched;
  if (judgement.verdict === "fail") return { ...judgement, ...howToSeeIt(context, event, judgement) };
  if (!isUnwanted || judgement.verdict !== "warn") return judgement;
  return {
    ...judgement,
    hint: "If the hook is not registered for it, say which events it is for: --on mention,reply.",
  };
}

function acceptsEvent({ name, when }: EventSpec): Check {
  return {
    id: `accepts.${name}`,
    severity: "error",
    level: "basic",
    title: `accepts ${name}`,
    sends: `Each form of \`${name}\` that servers send, with the right secret.`,
    expects: "A 2xx within 5 s.",
    why: `An instance sends it when ${when}. What is not answered with a 2xx is lost: a 4xx at once, anything else after four attempts.`,
    fix: `Answer each \`${name}\` with a 2xx, also those the handler does nothing about, and do slow work after the answer.`,
    needs: [],
    event: name,
    run: (context) => run(context, name),
  };
}

/** One check for each event that any server sends. */
export const acceptsChecks: readonly Check[] = (events satisfies readonly EventSpec[])
  .filter(({ sent }) => sent)
  .map(acceptsEvent);
