// What may come around a known event: keys and types that are new, and what other servers and hooks send.
import { eventsOf, type HeaderPair } from "../../protocol/index.js";
import type { CheckContext } from "../check-context.js";
import type { Check } from "./check.js";
import type { Judgement } from "../judgement/judgement.js";
import { withUnknownKeys } from "../deliveries/edge-cases.js";
import { type Json, unknownEnvelope } from "../deliveries/plans.js";
import { tryPlans } from "./try-plans.js";
import { mustAccept, mustSurvive, shouldSurvive, skipped } from "../judgement/verdicts.js";
import { acceptAll, tolerates } from "./tolerates-check.js";

/** For what the servers of this dialect don't send. */
const asWarning = (judgement: Judgement): Judgement =>
  judgement.verdict === "fail"
    ? {
        ...judgement,
        verdict: "warn",
        message: `${judgement.message} It matters for older servers and some forks alone.`,
      }
    : judgement;

const whence = "An instance sends this only when an administrator points a system webhook at the same URL.";

function systemEvents(context: CheckContext): Promise<Judgement> {
  const plans = eventsOf(context.dialect)
    .filter(({ scope, sent, name }) => scope === "system" && sent && !context.on.includes(name))
    .map(({ name }) => context.plan(name));
  const withoutUserId = (envelope: Json): Json => {
    delete envelope["userId"];
    return envelope;
  };
  const { base } = context.baseline;
  const own =
    base === undefined ? [] : [context.plan(base, { label: `${base} without userId`, change: withoutUserId })];
  return tryPlans(context, [...plans, ...own], (tried) => shouldSurvive(tried, context.policy, whence));
}

function oldContentType(context: CheckContext): Promise<Judgement> {
  const { contentType } = context.dialect.headers;
  if (contentType?.startsWith("application/json") === true) {
    const message = `${context.dialect.title} sends ${contentType}; name an old server to try it: --as misskey@12.119.`;
    return Promise.resolve(skipped(message));
  }
  const event = context.baseline.base ?? "note";
  const isOther = ([name]: HeaderPair): boolean => name.toLowerCase() !== "content-type";
  const headers = (all: readonly HeaderPair[]): HeaderPair[] => [
    ...all.filter(isOther),
    ...(contentType === null ? [] : [["content-type", contentType] as const]),
  ];
  const label = contentType === null ? `${event} without content-type` : `${event} as ${contentType}`;
  return acceptAll(context, [context.plan(event, { label, headers })]);
}

export const envelopeChecks: readonly Check[] = [
  tolerates(
    "unknown-keys",
    {
      title: "keys that nobody knows yet",
      sends: "A delivery with additional keys in the envelope, the note and the user.",
      why: "Every fork adds keys, and so does Misskey with most releases.",
      fix: "Ignore what you don't know: no `additionalProperties: false`, no `DisallowUnknownFields`, no `deny_unknown_fields`.",
    },
    (context) =>
      acceptAll(
        context,
        context.acceptedEvents.map((event) =>
          context.plan(event, { label: `${event} with unknown keys`, change: withUnknownKeys }),
        ),
      ),
  ),
  tolerates(
    "unknown-event",
    {
      title: "an event that nobody knows yet",
      sends: "A delivery whose `type` no server has, around a body of its own.",
      expects: "A 2xx that ignores it, or a 4xx. Not a 5xx, and an answer.",
      why: "Servers get new events, and a hook's list of events can be edited without the handler knowing.",
      fix: "End the list of cases with a default that answers 204, and don't touch the body before you know the type.",
    },
    (context) => {
      const change = (envelope: Json): Json => unknownEnvelope(envelope, "noteTranslated");
      const plan = context.plan(context.baseline.base ?? "note", { label: "an unknown type", change });
      return tryPlans(context, [plan], (tried) => mustSurvive(tried, context.policy));
    },
  ),
  tolerates(
    "system-events",
    {
      title: "system events, and no userId",
      severity: "warning",
      sends: "The events of system webhooks that the hook isn't for, and an event without `userId`.",
      expects: "A 2xx that ignores it, or a 4xx. Not a 5xx, and an answer.",
      why: "Administrators can point a system webhook at the same URL; its deliveries have no `userId`, and bodies without note or user.",
      fix: "Look at `type` first, and at `body.note` or `body.user` only for types that have one. Take `userId` as optional.",
    },
    systemEvents,
  ),
  tolerates(
    "no-server",
    {
      title: "an envelope without server",
      severity: "warning",
      sends: "A delivery without the `server` key.",
      expects: "A 2xx; anything else is a choice to serve Misskey since 2023.9 alone.",
      why: "Misskey before 2023.9, Iceshrimp, Firefish and their relatives don't send `server`.",
      fix: "Take `server` as optional; `x-misskey-host` says which server it was.",
    },
    (context) => {
      const change = (envelope: Json): Json => {
        delete envelope["server"];
        return envelope;
      };
      const plan = context.plan(context.baseline.base ?? "note", { label: "an envelope without server", change });
      return tryPlans(context, [plan], (tried) => asWarning(mustAccept(tried, context.policy)));
    },
  ),
  tolerates(
    "old-content-type",
    {
      title: "JSON called text/plain",
      sends: "A delivery with `content-type: text/plain;charset=UTF-8`, when the dialect asked for sends that.",
      why: "Misskey 12.110 to 13.10 sends JSON under that name.",
      fix: 'Parse the body as JSON whatever its content type says: `express.json({ type: "*/*" })`, or read the text and parse it.',
    },
    oldContentType,
  ),
];
