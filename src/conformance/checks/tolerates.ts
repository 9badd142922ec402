// What real events contain and hand-made test data doesn't. Each check changes one thing in a friendly delivery.
import { eventsOf } from "../../protocol/index.js";
import { kindOf } from "../answer.js";
import type { Bench } from "../bench.js";
import type { Check, Judgement } from "../check.js";
import { whatItDid } from "../describe-answer.js";
import { carriesNote, type Json, noteOf, type Plan, unknownEnvelope } from "../plans.js";
import {
  largeNote,
  largeText,
  largeUser,
  remoteUser,
  sixteenFiles,
  textless,
  withFilesOnly,
  withText,
  withUnknownKeys,
} from "../oddities.js";
import { tryPlans } from "../try-plans.js";
import { mustAccept, mustSurvive, shouldSurvive, skipped } from "../verdicts.js";

const always2xx = "A 2xx, as for any other delivery of that event.";

function acceptAll(bench: Bench, plans: readonly Plan[]): Promise<Judgement> {
  return tryPlans(bench, plans, (tried) => mustAccept(tried, bench.policy));
}

/** A delivery with an oddity, and the same without it, where accepts.* sends its like. */
interface Odd {
  readonly plan: Plan;
  readonly control?: Plan | undefined;
}

/** What is refused without its oddity as well has another fault, and another check finds it. */
async function acceptOdd(bench: Bench, odds: readonly Odd[]): Promise<Judgement> {
  const judgement = await acceptAll(
    bench,
    odds.map(({ plan }) => plan),
  );
  const isAnswered = typeof judgement.answered?.status === "number";
  const culprit = judgement.verdict === "fail" ? odds.find(({ plan }) => plan.label === judgement.sent) : undefined;
  if (!isAnswered || culprit?.control === undefined) return judgement;
  const without = await bench.send(culprit.control);
  if (kindOf(without) === "accepted") return judgement;
  const others = odds.filter((odd) => odd !== culprit);
  if (others.length > 0) return acceptOdd(bench, others);
  return skipped(`It ${whatItDid(without)} to “${culprit.control.label}” as well: see accepts.*.`);
}

/** For what the servers of this dialect don't send. */
const asWarning = (judgement: Judgement): Judgement =>
  judgement.verdict === "fail"
    ? {
        ...judgement,
        verdict: "warn",
        message: `${judgement.message} It matters for older servers and some forks alone.`,
      }
    : judgement;

const noteEvents = (bench: Bench): string[] => bench.acceptedEvents.filter(carriesNote);

/** Variants of the event whose note has no text, as the dialect sends them. */
function textlessVariants(bench: Bench, event: string, hasFiles: boolean): Odd[] {
  return bench
    .variantsOf(event)
    .filter((variant) => {
      const note = noteOf(bench.envelope(event, variant));
      return (
        note?.["text"] === null && variant !== "remote-user" && (note["fileIds"] as unknown[]).length > 0 === hasFiles
      );
    })
    .map((variant) => ({
      plan: bench.plan(event, { variant }),
      control: bench.plan(event, { variant, label: `${event} (${variant}, with a text)`, change: addText }),
    }));
}

const addText = (envelope: Json): Json => withText(envelope, "With a text");

/** An oddity that no sample of the event has. Where a sample has everything, accepts.* knows of the rest of it. */
function made(bench: Bench, event: string, what: string, change: (envelope: Json) => Json): Odd {
  const control = bench.plan(event, {
    label: `${event} (${what} with a text)`,
    change: (envelope) => addText(change(envelope)),
  });
  return {
    plan: bench.plan(event, { label: `${event} (${what} without text)`, change }),
    control: bench.variantsOf(event).includes("everything") ? control : undefined,
  };
}

function nullText(bench: Bench): Promise<Judgement> {
  const odds = noteEvents(bench).flatMap((event) => {
    const real = textlessVariants(bench, event, false);
    return real.length > 0 ? real : [made(bench, event, "a poll", (envelope) => textless(envelope, bench))];
  });
  return acceptOdd(bench, odds);
}

function filesOnly(bench: Bench): Promise<Judgement> {
  const odds = noteEvents(bench).map(
    (event) =>
      textlessVariants(bench, event, true)[0] ??
      made(bench, event, "files", (envelope) => withFilesOnly(envelope, bench)),
  );
  return acceptOdd(bench, odds);
}

function remoteUsers(bench: Bench): Promise<Judgement> {
  const plans = bench.acceptedEvents
    .filter((event) => bench.variantsOf(event).includes("remote-user"))
    .map((event) => bench.plan(event, { variant: "remote-user", change: remoteUser }));
  return acceptAll(bench, plans);
}

function longNote(bench: Bench): Promise<Judgement> {
  const text = noteOf(bench.envelope("note", "long"))?.["text"];
  const plans = noteEvents(bench).map((event) =>
    bench.plan(event, { label: `${event} (3000 characters)`, change: (envelope) => withText(envelope, String(text)) }),
  );
  return acceptAll(bench, plans);
}

/** Tells whether it is the size or the number of files. */
async function largeNoteBody(bench: Bench, event: string): Promise<Judgement> {
  const change = (envelope: Json): Json => largeNote(envelope, bench);
  const judgement = await acceptAll(bench, [bench.plan(event, { label: `${event} (16 files, 30 kB)`, change })]);
  if (judgement.verdict !== "fail" || typeof judgement.answered?.status !== "number") return judgement;
  const filesAlone = await bench.send(bench.plan(event, { change: (envelope) => sixteenFiles(envelope, bench) }));
  const textAlone = await bench.send(bench.plan(event, { change: largeText }));
  if (kindOf(filesAlone) === "accepted" || kindOf(textAlone) !== "accepted") return judgement;
  return {
    ...judgement,
    message: `${judgement.message} It isn't the size: 30 kB without files are taken.`,
    hint: "A post can have 16 files. Pass on as many as the other side takes, and leave out the rest.",
  };
}

function largeBody(bench: Bench): Promise<Judgement> {
  const [noteEvent] = noteEvents(bench);
  if (noteEvent !== undefined) return largeNoteBody(bench, noteEvent);
  const userEvent = bench.acceptedEvents.find((event) => bench.variantsOf(event).includes("rich-profile"));
  if (userEvent === undefined) return Promise.resolve(skipped("None of the accepted events can be large."));
  return acceptAll(bench, [
    bench.plan(userEvent, { label: `${userEvent} (a profile of 30 kB)`, variant: "rich-profile", change: largeUser }),
  ]);
}

const whence = "An instance sends this only when an administrator points a system webhook at the same URL.";

function systemEvents(bench: Bench): Promise<Judgement> {
  const plans = eventsOf(bench.dialect.family)
    .filter(({ scope, sent, name }) => scope === "system" && sent && !bench.on.includes(name))
    .filter(() => bench.dialect.api.systemWebhooks)
    .map(({ name }) => bench.plan(name));
  const withoutUserId = (envelope: Json): Json => {
    delete envelope["userId"];
    return envelope;
  };
  const { base } = bench.first;
  const own = base === undefined ? [] : [bench.plan(base, { label: `${base} without userId`, change: withoutUserId })];
  return tryPlans(bench, [...plans, ...own], (tried) => shouldSurvive(tried, bench.policy, whence));
}

function oldContentType(bench: Bench): Promise<Judgement> {
  const { contentType } = bench.dialect.headers;
  if (contentType?.startsWith("application/json") === true) {
    const message = `${bench.dialect.title} sends ${contentType}; name an old server to try it: --as misskey@12.119.`;
    return Promise.resolve(skipped(message));
  }
  const event = bench.first.base ?? "note";
  const isOther = ([name]: readonly [string, string]): boolean => name.toLowerCase() !== "content-type";
  const headers = (all: [string, string][]): [string, string][] => [
    ...all.filter(isOther),
    ...(contentType === null ? [] : [["content-type", contentType] as [string, string]]),
  ];
  const label = contentType === null ? `${event} without content-type` : `${event} as ${contentType}`;
  return acceptAll(bench, [bench.plan(event, { label, headers })]);
}

type Words = Pick<Check, "title" | "sends" | "why" | "mend"> & Partial<Pick<Check, "expects" | "needs" | "severity">>;

function tolerates(name: string, words: Words, run: Check["run"]): Check {
  return {
    id: `tolerates.${name}`,
    severity: "error",
    level: "standard",
    expects: always2xx,
    needs: ["accepted"],
    ...words,
    run,
  };
}

export const toleratesChecks: readonly Check[] = [
  tolerates(
    "null-text",
    {
      title: "notes without text",
      sends: "Notes whose `text` is null: pure renotes, polls without a word.",
      why: "Every pure renote has `text: null`; so has a poll or a picture without words, and a non-public note from Misskey before 2023.10.2.",
      mend: 'Write `note.text ?? ""` before you search, split or send it, and decide what an empty text means.',
      needs: ["notes"],
    },
    nullText,
  ),
  tolerates(
    "files-only",
    {
      title: "notes of files alone",
      sends: "Notes with files and `text: null`.",
      why: "A picture without words is an everyday post. `text` is null and there is no `renote` to fall back on.",
      mend: "Treat text and files as two things, either of which may be missing.",
      needs: ["notes"],
    },
    filesOnly,
  ),
  tolerates(
    "null-name",
    {
      title: "users without a display name",
      sends: "Deliveries in which every user's `name` is null.",
      why: "An account has no display name until its owner sets one, and many never do.",
      mend: "Show `user.name ?? user.username`.",
    },
    (bench) =>
      acceptAll(
        bench,
        bench.acceptedEvents.map((event) => bench.plan(event, { label: `${event} (name: null)`, unnamed: true })),
      ),
  ),
  tolerates(
    "remote-user",
    {
      title: "users of other servers",
      sends: "Deliveries by a remote user: `host`, `instance`, `emojis`, `uri` and `url` are set.",
      why: "On a federated server most of those who mention or follow you are on other servers. `host` is then a string, not null.",
      mend: "Take `host` as string or null, and write `@user@host` only when it is there.",
    },
    remoteUsers,
  ),
  tolerates(
    "long-note",
    {
      title: "long notes",
      sends: "A note of 3000 Japanese characters, about 9 kB.",
      why: "3000 characters are the default limit of Misskey; forks allow more. A body limit of 4 or 8 KiB drops them.",
      mend: "If it speaks of a body limit (413), raise it to 1 MiB. If not, its log says what the text is too long for: shorten it where you pass it on.",
      needs: ["notes"],
    },
    longNote,
  ),
  tolerates(
    "large-body",
    {
      title: "large bodies",
      sends: "A note with 16 files and their descriptions, about 30 kB.",
      why: "16 files are the most a note can have, each a kilobyte of JSON. A body limit that fits test data refuses it with 413, or cuts it off.",
      mend: "If it speaks of a body limit (413), raise that of the framework or proxy to 1 MiB. If not, its log says what this is too much for.",
    },
    largeBody,
  ),
  tolerates(
    "unknown-keys",
    {
      title: "keys that nobody knows yet",
      sends: "A delivery with additional keys in the envelope, the note and the user.",
      why: "Every fork adds keys, and so does Misskey with most releases.",
      mend: "Ignore what you don't know: no `additionalProperties: false`, no `DisallowUnknownFields`, no `deny_unknown_fields`.",
    },
    (bench) =>
      acceptAll(
        bench,
        bench.acceptedEvents.map((event) =>
          bench.plan(event, { label: `${event} with unknown keys`, change: withUnknownKeys }),
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
      mend: "End the list of cases with a default that answers 204, and don't touch the body before you know the type.",
    },
    (bench) => {
      const change = (envelope: Json): Json => unknownEnvelope(envelope, "noteTranslated");
      const plan = bench.plan(bench.first.base ?? "note", { label: "an unknown type", change });
      return tryPlans(bench, [plan], (tried) => mustSurvive(tried, bench.policy));
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
      mend: "Look at `type` first, and at `body.note` or `body.user` only for types that have one. Take `userId` as optional.",
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
      mend: "Take `server` as optional; `x-misskey-host` says which server it was.",
    },
    (bench) => {
      const change = (envelope: Json): Json => {
        delete envelope["server"];
        return envelope;
      };
      const plan = bench.plan(bench.first.base ?? "note", { label: "an envelope without server", change });
      return tryPlans(bench, [plan], (tried) => asWarning(mustAccept(tried, bench.policy)));
    },
  ),
  tolerates(
    "old-content-type",
    {
      title: "JSON called text/plain",
      sends: "A delivery with `content-type: text/plain;charset=UTF-8`, when the dialect asked for sends that.",
      why: "Misskey 12.110 to 13.10 sends JSON under that name.",
      mend: 'Parse the body as JSON whatever its content type says: `express.json({ type: "*/*" })`, or read the text and parse it.',
    },
    oldContentType,
  ),
];
