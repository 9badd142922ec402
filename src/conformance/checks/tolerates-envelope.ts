// What may come around a known event: keys and types that are new, and what other servers and hooks send.
import { eventsOf, type HeaderPair } from "../../protocol/index.js";
import { kindOf } from "../probe/answer.js";
import { whatItDid } from "../judgement/describe-answer.js";
import type { CheckContext } from "../check-context.js";
import type { Check } from "./check.js";
import type { Judgement } from "../judgement/judgement.js";
import { withUnknownKeys } from "../deliveries/edge-cases.js";
import { type Json, unknownEnvelope } from "../deliveries/plans.js";
import { tryPlans } from "./try-plans.js";
import { fellShort, mustAccept, mustSurvive, passed, shouldSurvive, skipped } from "../judgement/verdicts.js";
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
const whenceBare = "Misskey 12.109 sends no `eventId`, and tools that imitate a server may leave it out.";

function systemEvents(context: CheckContext): Promise<Judgement> {
  const plans = eventsOf(context.dialect)
    .filter(({ scope, sent, name }) => scope === "system" && sent && !context.on.includes(name))
    .map(({ name }) => context.plan(name));
  const withoutUserId = (envelope: Json): Json => {
    delete envelope["userId"];
    return envelope;
  };
  const { base } = context.baseline;
  const withoutEventId = (envelope: Json): Json => {
    delete envelope["eventId"];
    return envelope;
  };
  const own =
    base === undefined
      ? []
      : [
          context.plan(base, {
            label: `${base} without userId`,
            change: withoutUserId,
            repeat: "--unset userId",
          }),
          context.plan(base, {
            label: `${base} without eventId`,
            change: withoutEventId,
            repeat: "--unset eventId",
          }),
        ];
  return tryPlans(context, [...plans, ...own], (tried) =>
    shouldSurvive(tried, context.policy, tried.label.endsWith("without eventId") ? whenceBare : whence),
  );
}

const jsonType = "application/json";

/** Headers that call the body JSON, as newer servers do. */
function asJson(all: readonly HeaderPair[]): readonly HeaderPair[] {
  return [...all.filter(([name]) => name.toLowerCase() !== "content-type"), ["content-type", jsonType]];
}

/** All deliveries of such a run are sent as that server sends them; what reads JSON alone shows in comparison. */
async function oldContentType(context: CheckContext): Promise<Judgement> {
  const { dialect, baseline, on } = context;
  const contentType = dialect.headers.contentType ?? "no content type";
  if (contentType.startsWith(jsonType)) {
    return skipped(`${dialect.title} sends ${contentType}; name an old server to try it: --as misskey@12.119.`);
  }
  const event = baseline.base ?? on[0] ?? "note";
  const asIs = await context.send(context.plan(event));
  const asOther = await context.send(context.plan(event, { headers: asJson }));
  const sent = `${event} as ${contentType}, and as ${jsonType}`;
  if (kindOf(asIs) !== "accepted" && kindOf(asOther) === "accepted") {
    return {
      ...fellShort("fail", { label: `${event} as ${contentType}`, answer: asIs }, context.policy),
      sent,
      message: `It ${whatItDid(asIs)} to ${event} as ${contentType}, and takes the same as ${jsonType}: nothing that ${dialect.title} sends arrives.`,
    };
  }
  if (kindOf(asIs) !== "accepted") return skipped("No event was accepted: see accepts.*.");
  const broken = { text: '{"type":' };
  const brokenAsIs = await context.send(context.plan(event, broken));
  const brokenAsOther = await context.send(context.plan(event, { ...broken, headers: asJson }));
  if (kindOf(brokenAsIs) === "accepted" && kindOf(brokenAsOther) === "refused") {
    return {
      verdict: "fail",
      answered: brokenAsIs,
      sent: `broken JSON as ${contentType}, and as ${jsonType}`,
      message: `It ${whatItDid(brokenAsIs)} to broken JSON as ${contentType}, and refuses it as ${jsonType}: it reads the body under that name alone, so nothing that ${dialect.title} sends arrives.`,
    };
  }
  return passed(asIs, "Taken under that name.", sent);
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
          context.plan(event, {
            label: `${event} with unknown keys`,
            change: withUnknownKeys,
            repeat: "--set futureKey=true --force",
          }),
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
      sends:
        "The events of system webhooks that the hook isn't for, an event without `userId`, and one without `eventId`.",
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
      const plan = context.plan(context.baseline.base ?? "note", {
        label: "an envelope without server",
        change,
        repeat: "--unset server",
      });
      return tryPlans(context, [plan], (tried) => asWarning(mustAccept(tried, context.policy)));
    },
  ),
  tolerates(
    "old-content-type",
    {
      title: "JSON called text/plain",
      sends:
        "A delivery as it comes from the server that is played, when that is one that doesn't call it JSON, and the same as `application/json`. All other checks send what that server sends as well.",
      why: "Misskey 12.109 to 13.10 sends JSON as `text/plain;charset=UTF-8`, and what a framework's JSON parser doesn't feel meant by is lost.",
      needs: [],
      fix: 'Parse the body as JSON whatever its content type says: `express.json({ type: "*/*" })`, or read the text and parse it.',
    },
    oldContentType,
  ),
];
